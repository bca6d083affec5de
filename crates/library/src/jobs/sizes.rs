//! The files a picture is kept in: whole, in the widths that pages show, and a placeholder of a few bytes.

use bytes::Bytes;
use pictures::Picture;
use pictures::encode::{self, EncodeError};
use pictures::verify::{self, VerifyError};

use crate::pictures::ORIGINAL;

/// JPEG quality of the whole picture: nothing of the drawing is lost to the eye, and every EPUB reader shows it.
const QUALITY: u8 = 92;

/// One file of a picture.
pub(crate) struct File {
    /// `original`, or the width in pixels.
    pub(crate) size: String,
    pub(crate) media_type: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) bytes: Bytes,
}

/// All files of a picture.
pub(crate) struct Sizes {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// A `data:` address.
    pub(crate) placeholder: String,
    pub(crate) files: Vec<File>,
}

/// Why a drawing cannot be kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SizesError {
    /// It is not a picture, or far too large.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// It does not encode.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl Sizes {
    /// Decodes, resizes and encodes: a computation of some tenths of a second. Only the pixels are kept: whatever else
    /// a file from outside holds is not passed on.
    pub(crate) fn of(drawn: &Picture) -> Result<Self, SizesError> {
        let drawing = verify::picture(&drawn.bytes, &verify::Limits::default())?.image;
        let (width, height) = (drawing.width(), drawing.height());
        let mut files = Vec::new();
        for rendition in encode::renditions(&drawing)? {
            files.push(File {
                size: rendition.width.to_string(),
                media_type: rendition.media_type,
                width: rendition.width,
                height: rendition.height,
                bytes: rendition.bytes.into(),
            });
        }
        let placeholder = encode::placeholder(&drawing)?;
        let whole = encode::jpeg(&drawing, QUALITY)?.into();
        files.push(File {
            size: ORIGINAL.to_owned(),
            media_type: "image/jpeg",
            width,
            height,
            bytes: whole,
        });
        Ok(Self {
            width,
            height,
            placeholder,
            files,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn drawn(width: u32, height: u32) -> Picture {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbImage::from_pixel(width, height, image::Rgb([200, 30, 40]))
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        Picture {
            bytes: bytes.into_inner(),
            media_type: "image/png",
            width,
            height,
            provider: "test".into(),
            cost_micros: 0,
        }
    }

    #[test]
    fn no_file_is_wider_than_the_drawing() {
        let sizes = Sizes::of(&drawn(800, 600)).unwrap();
        let made: Vec<_> = sizes
            .files
            .iter()
            .map(|file| (file.size.as_str(), file.width, file.height))
            .collect();
        assert_eq!(
            made,
            [("480", 480, 360), ("800", 800, 600), ("original", 800, 600)]
        );
        for file in &sizes.files {
            let decoded = image::load_from_memory(&file.bytes).unwrap();
            assert_eq!((decoded.width(), decoded.height()), (file.width, file.height));
        }
        assert!(
            sizes.placeholder.len() <= encode::PLACEHOLDER_LIMIT,
            "{}",
            sizes.placeholder.len()
        );
    }

    #[test]
    fn what_is_not_a_picture_is_an_error() {
        let advert = Picture {
            bytes: b"<html>".to_vec(),
            ..drawn(1, 1)
        };
        assert!(Sizes::of(&advert).is_err());
    }
}
