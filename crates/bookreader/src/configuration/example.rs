//! Every setting with its default, for people.

/// What `bookreader config example` prints.
pub(crate) const EXAMPLE: &str = include_str!("example.toml");

#[cfg(test)]
mod tests {
    use config::{Config, File, FileFormat};

    use super::*;
    use crate::configuration::Configuration;

    #[test]
    fn the_example_sets_every_setting_to_its_default() {
        let source = File::from_str(EXAMPLE, FileFormat::Toml);
        let read: Configuration = Config::builder()
            .add_source(source)
            .build()
            .unwrap()
            .try_deserialize()
            .unwrap();
        let default = serde_json::to_value(Configuration::default()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), default);
    }

    #[test]
    fn the_example_mentions_every_setting() {
        fn names(value: &serde_json::Value, out: &mut Vec<String>) {
            for (name, value) in value.as_object().into_iter().flatten() {
                out.push(name.clone());
                names(value, out);
            }
        }
        let mut all = Vec::new();
        names(&serde_json::to_value(Configuration::default()).unwrap(), &mut all);
        let missing: Vec<_> = all
            .iter()
            .filter(|name| !EXAMPLE.contains(name.as_str()))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
