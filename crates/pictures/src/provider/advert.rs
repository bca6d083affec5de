//! Pictures that come with 200 but are not the one that was asked for.

use std::{
    collections::{HashMap, VecDeque},
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Mutex, PoisonError},
};

use image::RgbImage;

use crate::brief::Brief;

/// How many answers are remembered.
const MEMORY: usize = 256;
/// How far the shape may be from the one asked for: models draw in steps of 8 to 64 pixels.
const SHAPE: f32 = 0.12;
/// Brightness, of 255, that an empty picture does not vary by.
const FLAT: u8 = 6;

/// Remembers what was drawn for what: the same picture for different words is an advert or a notice.
#[derive(Debug, Default)]
pub(super) struct AdvertDetector {
    seen: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    by_picture: HashMap<u64, u64>,
    order: VecDeque<u64>,
}

impl AdvertDetector {
    /// Why `picture` cannot be what `brief` asked for. `shaped` says the provider draws any shape it is asked for.
    pub(super) fn objection(&self, picture: &RgbImage, brief: &Brief, shaped: bool) -> Option<String> {
        let (width, height) = picture.dimensions();
        let shape = |width: u32, height: u32| width as f32 / height.max(1) as f32;
        let asked = shape(brief.width, brief.height);
        if shaped && (shape(width, height) / asked - 1.0).abs() > SHAPE {
            return Some(format!(
                "asked for {}x{}, got {width}x{height}",
                brief.width, brief.height
            ));
        }
        if is_flat(picture) {
            return Some("the picture is empty".to_owned());
        }
        self.repeated(picture, brief)
            .then(|| "the same picture came for another prompt".to_owned())
    }

    fn repeated(&self, picture: &RgbImage, brief: &Brief) -> bool {
        let drawn = digest(&picture.as_raw());
        let asked = digest(&(&brief.prompt, brief.style, &brief.words, brief.seed));
        let mut memory = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&before) = memory.by_picture.get(&drawn) {
            return before != asked;
        }
        memory.by_picture.insert(drawn, asked);
        memory.order.push_back(drawn);
        if memory.order.len() > MEMORY
            && let Some(oldest) = memory.order.pop_front()
        {
            memory.by_picture.remove(&oldest);
        }
        false
    }
}

fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn is_flat(picture: &RgbImage) -> bool {
    let step = (picture.as_raw().len() / 3 / 4096).max(1);
    let (mut low, mut high) = ([255u8; 3], [0u8; 3]);
    for pixel in picture.pixels().step_by(step) {
        for part in 0..3 {
            low[part] = low[part].min(pixel.0[part]);
            high[part] = high[part].max(pixel.0[part]);
        }
    }
    (0..3).all(|part| high[part].saturating_sub(low[part]) <= FLAT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::tests::brief;

    fn picture(width: u32, height: u32, tone: u8) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            image::Rgb([(x * 2) as u8, (y * 2) as u8, tone])
        })
    }

    #[test]
    fn a_picture_of_another_shape_is_an_advert() {
        let detector = AdvertDetector::default();
        let square = picture(96, 96, 1);
        assert_eq!(
            detector.objection(&square, &brief("a"), true).unwrap(),
            "asked for 128x96, got 96x96"
        );
        assert_eq!(detector.objection(&square, &brief("a"), false), None);
    }

    #[test]
    fn the_same_picture_for_other_words_is_an_advert() {
        let detector = AdvertDetector::default();
        assert_eq!(detector.objection(&picture(128, 96, 1), &brief("a"), true), None);
        assert_eq!(detector.objection(&picture(128, 96, 1), &brief("a"), true), None);
        assert!(
            detector
                .objection(&picture(128, 96, 1), &brief("b"), true)
                .is_some()
        );
        assert_eq!(detector.objection(&picture(128, 96, 9), &brief("b"), true), None);
    }

    #[test]
    fn an_empty_picture_is_no_picture() {
        let grey = RgbImage::from_pixel(128, 96, image::Rgb([120, 120, 120]));
        assert!(
            AdvertDetector::default()
                .objection(&grey, &brief("a"), true)
                .is_some()
        );
    }
}
