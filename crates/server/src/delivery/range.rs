//! Byte ranges (RFC 9110 section 14): one range is served, several are answered with the whole.

use std::ops::Range;

/// What a `Range` header asks of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Everything: there is no range, or none that we understand.
    Whole,
    /// These bytes.
    Part(Range<usize>),
    /// Bytes that the file does not have.
    Beyond,
}

/// Reads a `Range` header for a file of `length` bytes.
pub(crate) fn asked(header: Option<&str>, length: usize) -> Asked {
    let Some(spec) = header.and_then(|header| header.strip_prefix("bytes=")) else {
        return Asked::Whole;
    };
    let Some((first, last)) = spec.trim().split_once('-') else {
        return Asked::Whole;
    };
    match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => part(first, last.saturating_add(1).min(length), length),
        (Ok(first), Err(_)) if last.is_empty() => part(first, length, length),
        (Err(_), Ok(count)) if first.is_empty() => part(length.saturating_sub(count), length, length),
        _ => Asked::Whole,
    }
}

fn part(start: usize, end: usize, length: usize) -> Asked {
    if start < end && end <= length {
        Asked::Part(start..end)
    } else {
        Asked::Beyond
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_three_forms_of_a_range() {
        assert_eq!(asked(Some("bytes=0-3"), 10), Asked::Part(0..4));
        assert_eq!(asked(Some("bytes=4-"), 10), Asked::Part(4..10));
        assert_eq!(asked(Some("bytes=-3"), 10), Asked::Part(7..10));
    }

    #[test]
    fn a_range_may_reach_past_the_end_but_not_start_there() {
        assert_eq!(asked(Some("bytes=8-99"), 10), Asked::Part(8..10));
        assert_eq!(asked(Some("bytes=10-"), 10), Asked::Beyond);
        assert_eq!(asked(Some("bytes=-0"), 10), Asked::Beyond);
    }

    #[test]
    fn what_is_not_understood_is_ignored() {
        for header in ["bytes=0-1,3-4", "lines=1-2", "bytes=3-1", "bytes=a-b", "bytes="] {
            assert_eq!(asked(Some(header), 10), Asked::Whole, "{header}");
        }
        assert_eq!(asked(None, 10), Asked::Whole);
    }

    proptest! {
        #[test]
        fn a_part_is_always_inside_the_file(header in "bytes=[0-9]{0,20}-[0-9]{0,20}", length in 0_usize..1000) {
            if let Asked::Part(range) = asked(Some(&header), length) {
                prop_assert!(range.start < range.end && range.end <= length);
            }
        }
    }
}
