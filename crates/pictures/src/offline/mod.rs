//! The offline illustrator: composes a scene from what a brief names and draws it by hand-made rules.
//!
//! A brief is read ([`reading`]), composed into shapes in their light ([`compose`], [`motif`], [`sheet`]), and
//! drawn in a style ([`style`]). Every step is a pure function of the brief and its seed.

mod air;
mod chance;
mod colour;
mod compose;
mod geometry;
mod motif;
mod noise;
mod reading;
mod sheet;
mod style;
mod vocabulary;

use image::RgbImage;
use tiny_skia::Pixmap;

use crate::brief::{Brief, Style};
use chance::Chance;
use reading::Reading;
use sheet::Sheet;

/// Sides of a picture, in pixels, that are drawn; others are brought to the nearest.
pub const SIDES: std::ops::RangeInclusive<u32> = 64..=2048;

/// Draws the brief. The same brief gives the same pixels.
///
/// The picture has the size of the brief, each side brought within [`SIDES`].
pub fn illustrate(brief: &Brief) -> RgbImage {
    let (width, height) = size(brief);
    let sheet = composed(brief, width, height);
    let seed = sheet.chance.fork("paper").next() as u32;
    let pixmap = match brief.style {
        Style::Watercolour => style::watercolour::paint(&sheet),
        Style::Ink => printed(&style::ink::marks(&sheet), width, height, seed, 7.0),
        Style::Woodcut => printed(&style::woodcut::marks(&sheet), width, height, seed, 9.0),
    };
    let pixmap = pixmap.expect("both sides are above zero and within what a pixmap holds");
    let rgb = pixmap
        .data()
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect();
    RgbImage::from_raw(width, height, rgb).expect("three bytes for each pixel of the pixmap")
}

/// The drawing as an SVG document, for styles made of lines; `None` for watercolour.
pub fn illustrate_svg(brief: &Brief) -> Option<String> {
    let (width, height) = size(brief);
    let sheet = composed(brief, width, height);
    let marks = match brief.style {
        Style::Watercolour => return None,
        Style::Ink => style::ink::marks(&sheet),
        Style::Woodcut => style::woodcut::marks(&sheet),
    };
    Some(style::mark::svg(&marks, width, height, style::mark::PAPER))
}

fn size(brief: &Brief) -> (u32, u32) {
    let within = |side: u32| side.clamp(*SIDES.start(), *SIDES.end());
    (within(brief.width), within(brief.height))
}

fn composed(brief: &Brief, width: u32, height: u32) -> Sheet {
    compose::compose(
        &Reading::of(brief),
        width as f32,
        height as f32,
        Chance::new(brief.seed),
    )
}

fn printed(marks: &[style::mark::Mark], width: u32, height: u32, seed: u32, grain: f32) -> Option<Pixmap> {
    let mut pixmap = style::mark::rasterise(marks, width, height, style::mark::PAPER)?;
    style::paper::grain(&mut pixmap, seed, grain);
    Some(pixmap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::{Concept, Subject};

    fn brief(subject: Subject, names: &[&str], style: Style, seed: u64) -> Brief {
        Brief {
            prompt: String::new(),
            original: String::new(),
            negative: String::new(),
            subject,
            concepts: names.iter().map(|name| Concept::new(*name, "object")).collect(),
            style,
            words: String::new(),
            seed,
            width: 256,
            height: 192,
        }
    }

    /// Mean difference of two pictures of one size, 0 to 255.
    fn difference(a: &RgbImage, b: &RgbImage) -> f64 {
        let sum: u64 = a
            .as_raw()
            .iter()
            .zip(b.as_raw())
            .map(|(a, b)| u64::from(a.abs_diff(*b)))
            .sum();
        sum as f64 / a.as_raw().len() as f64
    }

    #[test]
    fn a_seed_fixes_every_pixel_and_another_seed_draws_another_picture() {
        for style in Style::ALL {
            let draw = |seed| {
                illustrate(&brief(
                    Subject::Location,
                    &["forest", "night", "moon"],
                    style,
                    seed,
                ))
            };
            assert_eq!(draw(3), draw(3), "{style}");
            assert!(difference(&draw(3), &draw(4)) > 2.0, "{style}");
        }
    }

    #[test]
    fn what_the_brief_names_changes_the_picture() {
        let scenes: [(Subject, &[&str]); 8] = [
            (Subject::Location, &["forest", "night"]),
            (Subject::Atmosphere, &["blizzard", "sleigh"]),
            (Subject::Location, &["room", "lamp", "night"]),
            (Subject::Location, &["sea", "ship"]),
            (Subject::Atmosphere, &["street", "rain"]),
            (Subject::Action, &["dance"]),
            (Subject::Character, &["officer", "old"]),
            (Subject::Action, &["carriage", "steppe"]),
        ];
        for style in Style::ALL {
            let pictures: Vec<_> = scenes
                .iter()
                .map(|(subject, names)| illustrate(&brief(*subject, names, style, 1)))
                .collect();
            for (i, a) in pictures.iter().enumerate() {
                for (j, b) in pictures.iter().enumerate().skip(i + 1) {
                    assert!(
                        difference(a, b) > 12.0,
                        "{style}: {:?} and {:?}",
                        scenes[i],
                        scenes[j]
                    );
                }
            }
        }
    }

    #[test]
    fn every_known_word_can_be_drawn_about_in_every_subject() {
        for word in vocabulary::names() {
            for subject in [
                Subject::Location,
                Subject::Character,
                Subject::Object,
                Subject::Action,
            ] {
                let brief = brief(subject, &[word], Style::Woodcut, 5);
                let sheet = composed(&brief, 256, 192);
                assert!(sheet.shapes.len() > 5, "{word} {subject:?}");
                let finite = sheet.shapes.iter().flat_map(|shape| shape.rings.iter().flatten());
                assert!(
                    finite.into_iter().all(|p| p.x.is_finite() && p.y.is_finite()),
                    "{word} {subject:?}"
                );
            }
        }
    }

    #[test]
    fn an_order_for_nothing_or_of_an_odd_size_is_still_a_picture() {
        for (width, height) in [(0, 0), (100_000, 64), (300, 800)] {
            let empty = Brief {
                width,
                height,
                ..brief(Subject::Object, &["xyzzy"], Style::Ink, u64::MAX)
            };
            let picture = illustrate(&empty);
            let within = |side: u32| side.clamp(*SIDES.start(), *SIDES.end());
            assert_eq!(picture.dimensions(), (within(width), within(height)));
        }
    }

    #[test]
    fn styles_made_of_lines_are_given_as_svg() {
        let svg = |style| illustrate_svg(&brief(Subject::Location, &["sea", "ship"], style, 1));
        assert_eq!(svg(Style::Watercolour), None);
        for style in [Style::Ink, Style::Woodcut] {
            let svg = svg(style).unwrap();
            assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
            assert!(svg.matches("<path ").count() > 100 && !svg.contains("NaN") && !svg.contains("inf"));
        }
    }

    #[test]
    fn the_prompt_is_read_when_concepts_are_few() {
        let worded = |prompt: &str, names: &[&str]| {
            let brief = Brief {
                prompt: prompt.to_owned(),
                ..brief(Subject::Location, names, Style::Ink, 1)
            };
            Reading::of(&brief).words
        };
        assert_eq!(
            worded("A carriage in the snow at midnight", &["road"]),
            ["steppe", "carriage", "snow", "night"]
        );
        assert_eq!(
            worded("A carriage", &["road", "night", "moon", "dog"]),
            ["steppe", "night", "moon", "dog"]
        );
    }
}
