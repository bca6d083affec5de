//! Many pictures on one sheet, to be looked at side by side.

use image::{Rgb, RgbImage, imageops};

use crate::encode::scaled;

/// Between pictures, in pixels.
const GAP: u32 = 6;
const GREY: Rgb<u8> = Rgb([96, 96, 96]);

/// One row of pictures under the other, each scaled to `width` pixels. The first picture gives the shape of all; rows
/// may differ in length. An empty list gives an empty picture.
#[must_use]
pub fn contact_sheet(rows: &[Vec<RgbImage>], width: u32) -> RgbImage {
    let Some(first) = rows.iter().flatten().next() else {
        return RgbImage::new(0, 0);
    };
    let height = scaled(first, width).height();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0) as u32;
    let mut sheet = RgbImage::from_pixel(
        GAP + columns * (width + GAP),
        GAP + rows.len() as u32 * (height + GAP),
        GREY,
    );
    for (row, pictures) in rows.iter().enumerate() {
        for (column, picture) in pictures.iter().enumerate() {
            let x = GAP + column as u32 * (width + GAP);
            let y = GAP + row as u32 * (height + GAP);
            imageops::replace(&mut sheet, &scaled(picture, width), x.into(), y.into());
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_picture_has_its_place() {
        let plain = |red| RgbImage::from_pixel(80, 60, Rgb([red, 0, 0]));
        let sheet = contact_sheet(&[vec![plain(10), plain(20)], vec![plain(30)]], 40);
        assert_eq!(sheet.dimensions(), (6 + 2 * 46, 6 + 2 * 36));
        let red = |column: u32, row: u32| sheet.get_pixel(26 + column * 46, 21 + row * 36).0[0];
        assert_eq!((red(0, 0), red(1, 0), red(0, 1), red(1, 1)), (10, 20, 30, 96));
        assert_eq!(contact_sheet(&[], 40).dimensions(), (0, 0));
    }
}
