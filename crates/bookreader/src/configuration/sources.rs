//! Where settings come from, and in which order they win.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use config::{Config, Environment, File, FileFormat};

use super::Configuration;
use crate::command_line::GlobalOptions;

/// Settings whose environment variable holds several values, separated by commas.
const LISTS: &[&str] = &["accounts.synthetic_addresses", "server.trusted_proxies"];

/// Reads the file, then `BOOKREADER__SECTION__KEY` from the environment, then the flags.
pub(crate) fn load(options: &GlobalOptions) -> anyhow::Result<Configuration> {
    let mut builder = Config::builder();
    if let Some(path) = file(options)? {
        builder = builder.add_source(File::from(path).format(FileFormat::Toml));
    }
    let mut environment = Environment::with_prefix("BOOKREADER")
        .prefix_separator("__")
        .separator("__")
        .try_parsing(true)
        .list_separator(",");
    for list in LISTS {
        environment = environment.with_list_parse_key(list);
    }
    let mut configuration: Configuration = builder
        .add_source(environment)
        .build()
        .and_then(Config::try_deserialize)
        .context("the configuration cannot be used; `bookreader config example` shows every setting")?;
    if let Some(data_dir) = &options.data_dir {
        configuration.data_dir = Some(data_dir.clone());
    }
    if let Some(models_dir) = &options.models_dir {
        configuration.models_dir = Some(models_dir.clone());
    }
    Ok(configuration)
}

/// The file that settings are read from, if there is one.
pub(crate) fn file(options: &GlobalOptions) -> anyhow::Result<Option<PathBuf>> {
    if let Some(path) = &options.config {
        if !path.is_file() {
            bail!("there is no configuration file at {}", path.display());
        }
        return Ok(Some(path.clone()));
    }
    let usual = ["bookreader.toml", "/etc/bookreader/bookreader.toml"];
    Ok(usual
        .iter()
        .map(Path::new)
        .find(|path| path.is_file())
        .map(Path::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_file(text: &str) -> anyhow::Result<Configuration> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("bookreader.toml");
        std::fs::write(&path, text)?;
        load(&GlobalOptions {
            config: Some(path),
            ..GlobalOptions::default()
        })
    }

    #[test]
    fn a_file_changes_what_it_names() {
        let configuration = from_file("[uploads]\nmax_bytes = 5\n").unwrap();
        assert_eq!(configuration.uploads.max_bytes, 5);
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_it() {
        let error = format!("{:#}", from_file("[uploads]\nmax_byte = 5\n").unwrap_err());
        assert!(error.contains("max_byte"), "{error}");
    }

    #[test]
    fn a_file_that_was_asked_for_must_exist() {
        let options = GlobalOptions {
            config: Some("/nowhere/bookreader.toml".into()),
            ..GlobalOptions::default()
        };
        assert!(
            load(&options)
                .unwrap_err()
                .to_string()
                .contains("/nowhere/bookreader.toml")
        );
    }

    #[test]
    fn a_flag_wins_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bookreader.toml");
        std::fs::write(&path, "data_dir = \"from-file\"\n").unwrap();
        let options = GlobalOptions {
            config: Some(path),
            data_dir: Some("from-flag".into()),
            ..GlobalOptions::default()
        };
        assert_eq!(load(&options).unwrap().data_dir(), PathBuf::from("from-flag"));
    }
}
