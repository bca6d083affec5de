//! What a configuration must satisfy beyond being readable.

use anyhow::{Context, bail};
use library::configuration::{BlobConfig, MailTransport, SmtpSecurity};

use super::{Configuration, Profile};

/// Refuses a configuration that `serve` could not start with, or that production must not run with.
pub(crate) fn check(configuration: &Configuration) -> anyhow::Result<()> {
    let style = &configuration.illustrations.style;
    style.parse::<pictures::Style>().context("illustrations.style")?;
    configuration.online_illustrators()?;
    for (name, engine) in &configuration.language_engines {
        engine
            .check()
            .with_context(|| format!("language_engines.{name}"))?;
    }
    tracing_subscriber::EnvFilter::try_new(&configuration.log.level).context("log.level")?;
    if configuration.profile == Profile::Production {
        check_production(configuration)?;
    }
    Ok(())
}

fn check_production(configuration: &Configuration) -> anyhow::Result<()> {
    if configuration.signing_keys_file.is_none() {
        bail!("signing_keys_file: the production profile makes no secrets; name the file that holds them");
    }
    match &configuration.server.public_url {
        None => bail!("server.public_url: production must know the address that browsers use"),
        Some(url) if url.scheme() != "https" => bail!("server.public_url: `{url}` is not https"),
        Some(_) => {}
    }
    if let MailTransport::Smtp {
        host,
        security: SmtpSecurity::None,
        ..
    } = &configuration.mail.transport
        && !["localhost", "127.0.0.1", "::1"].contains(&host.as_str())
    {
        bail!("mail.transport.security: letters to `{host}` would travel in the clear");
    }
    if let BlobConfig::S3 {
        endpoint: Some(endpoint),
        ..
    } = &configuration.blobs
        && !endpoint.starts_with("https://")
        && !endpoint.starts_with("http://127.0.0.1")
    {
        bail!("blobs.endpoint: `{endpoint}` would carry books in the clear");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_can_be_used() {
        check(&Configuration::default()).unwrap();
    }

    #[test]
    fn production_needs_secrets_and_https() {
        let mut configuration = Configuration {
            profile: Profile::Production,
            ..Configuration::default()
        };
        assert!(
            check(&configuration)
                .unwrap_err()
                .to_string()
                .starts_with("signing_keys_file")
        );
        configuration.signing_keys_file = Some("keys".into());
        assert!(
            check(&configuration)
                .unwrap_err()
                .to_string()
                .starts_with("server.public_url")
        );
        configuration.server.public_url = Some("http://books.example".parse().unwrap());
        assert!(
            check(&configuration)
                .unwrap_err()
                .to_string()
                .ends_with("is not https")
        );
        configuration.server.public_url = Some("https://books.example".parse().unwrap());
        check(&configuration).unwrap();
    }

    #[test]
    fn a_picture_service_without_settings_is_refused() {
        let mut configuration = Configuration::default();
        configuration.picture_services.order = vec!["cloud".into()];
        let error = format!("{:#}", check(&configuration).unwrap_err());
        assert!(
            error.starts_with("picture_services") && error.contains("cloud"),
            "{error}"
        );
    }

    #[test]
    fn an_engine_that_cannot_be_reached_is_refused() {
        let mut configuration = Configuration::default();
        configuration
            .language_engines
            .insert("spacy".into(), crate::engines::EngineSettings::default());
        let error = format!("{:#}", check(&configuration).unwrap_err());
        assert!(error.starts_with("language_engines.spacy: "), "{error}");
    }

    #[test]
    fn a_style_that_nobody_draws_is_refused() {
        let mut configuration = Configuration::default();
        configuration.illustrations.style = "oil".into();
        assert!(format!("{:#}", check(&configuration).unwrap_err()).contains("oil"));
    }
}
