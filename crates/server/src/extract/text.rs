//! What no text may contain. A NUL is valid JSON and valid percent-encoding, and PostgreSQL cannot store it.

use serde_json::Value;

/// For `garde`: a text of one line, without control characters.
pub(crate) fn no_control_characters(text: &impl AsRef<str>, _context: &()) -> garde::Result {
    if text.as_ref().chars().any(char::is_control) {
        return Err(garde::Error::new("has a control character: remove it"));
    }
    Ok(())
}

/// The path of the first text in the document that has a NUL.
pub(super) fn find_nul(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| find_nul(item).map(|rest| join(&format!("[{index}]"), &rest))),
        Value::Object(fields) => fields.iter().find_map(|(name, item)| {
            if name.contains('\0') {
                Some(String::new())
            } else {
                find_nul(item).map(|rest| join(name, &rest))
            }
        }),
        _ => None,
    }
}

fn join(head: &str, rest: &str) -> String {
    if rest.is_empty() || rest.starts_with('[') {
        format!("{head}{rest}")
    } else {
        format!("{head}.{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_nul_is_found_wherever_it_hides() {
        assert_eq!(find_nul(&json!({"a": [{"b": "x\0"}]})), Some("a[0].b".into()));
        assert_eq!(find_nul(&json!({"a": ["fine", 1, null]})), None);
    }

    #[test]
    fn one_line_is_one_line() {
        assert!(no_control_characters(&"Анна Каренина", &()).is_ok());
        assert!(no_control_characters(&"two\nlines", &()).is_err());
    }
}
