//! The gate for pictures from outside: what they are is told by their bytes, and they are decoded within limits
//! before anything is stored or shown.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, RgbImage};
use thiserror::Error;

/// What a picture from outside may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Encoded bytes.
    pub bytes: usize,
    /// Pixels in all.
    pub pixels: u64,
    /// Pixels of the longer side.
    pub longest: u32,
    /// Pixels of the shorter side.
    pub shortest: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 20 << 20,
            pixels: 16_000_000,
            longest: 8192,
            shortest: 16,
        }
    }
}

/// A picture that passed.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The pixels. Re-encode these: nothing else of the file is to be trusted.
    pub image: RgbImage,
    /// `image/png`, `image/jpeg` or `image/webp`, by the bytes.
    pub media_type: &'static str,
}

/// Why bytes are not a picture we take.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// Not PNG, JPEG or WebP.
    #[error("the bytes are {0}, not PNG, JPEG or WebP")]
    UnknownFormat(&'static str),
    /// More bytes than allowed.
    #[error("the file has {0} bytes")]
    TooManyBytes(usize),
    /// Too large or too small.
    #[error("the picture measures {0}x{1} pixels")]
    Size(u32, u32),
    /// The end is missing.
    #[error("the file is cut short")]
    Truncated,
    /// The decoder gave up.
    #[error("the file does not decode: {0}")]
    Broken(String),
}

/// Decodes a picture from outside.
///
/// Sizes are read from the header and checked before pixels are allocated, so a small file that unpacks to
/// gigapixels costs nothing.
pub fn picture(bytes: &[u8], limits: &Limits) -> Result<Verified, VerifyError> {
    if bytes.len() > limits.bytes {
        return Err(VerifyError::TooManyBytes(bytes.len()));
    }
    let (format, media_type) = sniff(bytes)?;
    if !whole(bytes, format) {
        return Err(VerifyError::Truncated);
    }
    let broken = |error: image::ImageError| VerifyError::Broken(error.to_string());
    let header = ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = header.into_dimensions().map_err(broken)?;
    let fits = width.max(height) <= limits.longest
        && width.min(height) >= limits.shortest
        && u64::from(width) * u64::from(height) <= limits.pixels;
    if !fits {
        return Err(VerifyError::Size(width, height));
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut allocation = image::Limits::default();
    allocation.max_image_width = Some(limits.longest);
    allocation.max_image_height = Some(limits.longest);
    allocation.max_alloc = Some(limits.pixels * 16);
    reader.limits(allocation);
    let image = reader.decode().map_err(broken)?.into_rgb8();
    Ok(Verified { image, media_type })
}

fn sniff(bytes: &[u8]) -> Result<(ImageFormat, &'static str), VerifyError> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Ok((ImageFormat::Png, "image/png"))
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Ok((ImageFormat::Jpeg, "image/jpeg"))
    } else if bytes.len() >= 12 && bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WEBP" {
        Ok((ImageFormat::WebP, "image/webp"))
    } else {
        Err(VerifyError::UnknownFormat(guess(bytes)))
    }
}

/// A name for what came instead, for the error message.
fn guess(bytes: &[u8]) -> &'static str {
    let start = bytes
        .get(..256.min(bytes.len()))
        .unwrap_or_default()
        .trim_ascii_start()
        .to_ascii_lowercase();
    if bytes.is_empty() {
        "empty"
    } else if start.starts_with(b"<svg") || start.windows(4).any(|part| part == b"<svg") {
        "SVG"
    } else if start.starts_with(b"<") {
        "a page"
    } else if start.starts_with(b"{") || start.starts_with(b"[") {
        "JSON"
    } else if start.starts_with(b"gif8") {
        "GIF"
    } else {
        "something else"
    }
}

/// Whether the end of the file is there: decoders forgive a missing half of a JPEG, readers do not.
fn whole(bytes: &[u8], format: ImageFormat) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(64)..];
    let ends_with = |mark: &[u8]| tail.windows(mark.len()).any(|part| part == mark);
    match format {
        ImageFormat::Png => ends_with(b"IEND"),
        ImageFormat::Jpeg => ends_with(b"\xff\xd9"),
        _ => {
            let size = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
            bytes.len() >= size.saturating_add(8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode;
    use proptest::prelude::*;

    fn sample() -> RgbImage {
        RgbImage::from_fn(80, 60, |x, y| {
            image::Rgb([(x * 3) as u8, (y * 4) as u8, (x ^ y) as u8])
        })
    }

    fn refused(bytes: &[u8]) -> VerifyError {
        picture(bytes, &Limits::default()).unwrap_err()
    }

    #[test]
    fn what_is_not_a_picture_is_named() {
        assert_eq!(refused(b""), VerifyError::UnknownFormat("empty"));
        assert_eq!(
            refused(b"  <!DOCTYPE html><html>"),
            VerifyError::UnknownFormat("a page")
        );
        assert_eq!(
            refused(b"<?xml version='1.0'?><svg onload='x'/>"),
            VerifyError::UnknownFormat("SVG")
        );
        assert_eq!(
            refused(b"{\"error\":\"queue full\"}"),
            VerifyError::UnknownFormat("JSON")
        );
        assert_eq!(refused(b"GIF89a"), VerifyError::UnknownFormat("GIF"));
    }

    #[test]
    fn a_file_that_lost_its_end_is_refused() {
        let image = sample();
        for bytes in [
            encode::png(&image),
            encode::jpeg(&image, 90),
            encode::webp(&image, 90.0),
        ] {
            let bytes = bytes.unwrap();
            assert!(picture(&bytes, &Limits::default()).is_ok());
            assert_eq!(refused(&bytes[..bytes.len() * 2 / 3]), VerifyError::Truncated);
        }
    }

    #[test]
    fn a_pixel_flood_is_refused_by_its_header() {
        let mut bytes = encode::png(&sample()).unwrap();
        bytes[16..20].copy_from_slice(&60_000u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&60_000u32.to_be_bytes());
        assert!(matches!(
            refused(&bytes),
            VerifyError::Size(..) | VerifyError::Broken(_)
        ));
        let tiny = encode::png(&RgbImage::new(3, 300)).unwrap();
        assert_eq!(refused(&tiny), VerifyError::Size(3, 300));
        let small = Limits {
            bytes: 100,
            ..Limits::default()
        };
        let bytes = encode::png(&sample()).unwrap();
        assert_eq!(
            picture(&bytes, &small).unwrap_err(),
            VerifyError::TooManyBytes(bytes.len())
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut noise in proptest::collection::vec(any::<u8>(), 0..600), kind in 0..4) {
            let head: &[u8] = [b"\x89PNG\r\n\x1a\n".as_slice(), b"\xff\xd8\xff", b"RIFF\x10\0\0\0WEBPVP8 ", b""][kind as usize];
            noise.splice(0..0, head.iter().copied());
            let _ = picture(&noise, &Limits::default());
        }
    }
}
