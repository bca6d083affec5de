//! The pictures of a book: told by their content, measured by their headers, named by their hash.

mod svg;

use std::collections::HashMap;

use imagesize::ImageType;
use sha2::{Digest, Sha256};

use crate::markup::Element;
use crate::{Resource, Warning, limits};

/// Pictures collected for one publication; the same bytes are kept once.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    resources: Vec<Resource>,
    by_hash: HashMap<String, usize>,
    pub(crate) warnings: Vec<Warning>,
}

impl Pictures {
    /// Takes a picture in; `what` names it in warnings. None when it is not a picture that can be shown.
    pub(crate) fn add(&mut self, bytes: &[u8], what: &str) -> Option<usize> {
        if self.resources.len() >= limits::RESOURCES {
            return None;
        }
        let picture = match recognise(bytes) {
            Ok(picture) => picture,
            Err(reason) => {
                self.warn(format!("{what}: {reason}"));
                return None;
            }
        };
        let hash = hex(&Sha256::digest(&picture.bytes)[..8]);
        if let Some(known) = self.by_hash.get(&hash) {
            return Some(*known);
        }
        self.resources.push(Resource {
            name: format!("{hash}.{}", picture.extension),
            media_type: picture.media_type.to_owned(),
            bytes: picture.bytes,
            width: picture.size.map(|size| size.0),
            height: picture.size.map(|size| size.1),
        });
        self.by_hash.insert(hash, self.resources.len() - 1);
        Some(self.resources.len() - 1)
    }

    /// Notes what was wrong with a picture.
    pub(crate) fn warn(&mut self, detail: String) {
        if self.warnings.len() < limits::WARNINGS {
            self.warnings.push(Warning {
                code: "bad-image".into(),
                detail,
            });
        }
    }

    /// Takes in a drawing that stands in a page.
    pub(crate) fn add_drawing(&mut self, svg: Element<'_, '_>) -> Option<usize> {
        self.add(&svg::clean_element(svg)?, "a drawing")
    }

    pub(crate) fn get(&self, index: usize) -> &Resource {
        &self.resources[index]
    }

    /// Index of the picture with this file name.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.resources.iter().position(|resource| resource.name == name)
    }

    /// The resources, in the order in which they were added.
    pub(crate) fn into_resources(self) -> Vec<Resource> {
        self.resources
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Recognised {
    media_type: &'static str,
    extension: &'static str,
    size: Option<(u32, u32)>,
    bytes: Vec<u8>,
}

fn recognise(bytes: &[u8]) -> Result<Recognised, String> {
    let Some((media_type, extension)) = raster_type(bytes) else {
        let clean = svg::clean(bytes).ok_or("not a picture")?;
        return Ok(Recognised {
            media_type: "image/svg+xml",
            extension: "svg",
            size: clean.size,
            bytes: clean.bytes,
        });
    };
    let size = imagesize::blob_size(bytes).map_err(|error| format!("its header cannot be read ({error})"))?;
    let pixels = (size.width as u64).saturating_mul(size.height as u64);
    if pixels == 0 || pixels > limits::PIXELS {
        return Err(format!("{} × {} pixels", size.width, size.height));
    }
    let size = (size.width as u32, size.height as u32);
    Ok(Recognised {
        media_type,
        extension,
        size: Some(size),
        bytes: bytes.to_vec(),
    })
}

/// Types that browsers show.
fn raster_type(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match imagesize::image_type(bytes).ok()? {
        ImageType::Png => Some(("image/png", "png")),
        ImageType::Jpeg => Some(("image/jpeg", "jpg")),
        ImageType::Gif => Some(("image/gif", "gif")),
        ImageType::Webp => Some(("image/webp", "webp")),
        ImageType::Bmp => Some(("image/bmp", "bmp")),
        ImageType::Jxl => Some(("image/jxl", "jxl")),
        ImageType::Heif(imagesize::Compression::Av1) => Some(("image/avif", "avif")),
        _ => None,
    }
}
