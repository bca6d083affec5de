//! Colours as a painter names them.

/// An sRGB colour, each part 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Colour {
    pub(crate) r: f32,
    pub(crate) g: f32,
    pub(crate) b: f32,
}

/// A colour from `0xrrggbb`.
pub(crate) const fn hex(rgb: u32) -> Colour {
    Colour {
        r: ((rgb >> 16) & 255) as f32 / 255.0,
        g: ((rgb >> 8) & 255) as f32 / 255.0,
        b: (rgb & 255) as f32 / 255.0,
    }
}

impl Colour {
    pub(crate) fn mix(self, other: Colour, t: f32) -> Colour {
        let t = t.clamp(0.0, 1.0);
        Colour {
            r: self.r + (other.r - self.r) * t,
            g: self.g + (other.g - self.g) * t,
            b: self.b + (other.b - self.b) * t,
        }
    }

    pub(crate) fn times(self, factor: f32) -> Colour {
        Colour {
            r: self.r * factor,
            g: self.g * factor,
            b: self.b * factor,
        }
    }

    pub(crate) fn filtered(self, by: Colour) -> Colour {
        Colour {
            r: self.r * by.r,
            g: self.g * by.g,
            b: self.b * by.b,
        }
    }

    pub(crate) fn plus(self, other: Colour) -> Colour {
        Colour {
            r: self.r + other.r,
            g: self.g + other.g,
            b: self.b + other.b,
        }
    }

    /// Light above full strength counts a third: paper has no brighter white.
    pub(crate) fn rolled_off(self) -> Colour {
        let roll = |part: f32| {
            if part > 1.0 {
                1.0 + (part - 1.0) * 0.33
            } else {
                part
            }
        };
        Colour {
            r: roll(self.r),
            g: roll(self.g),
            b: roll(self.b),
        }
    }

    pub(crate) fn clamped(self) -> Colour {
        Colour {
            r: self.r.clamp(0.0, 1.0),
            g: self.g.clamp(0.0, 1.0),
            b: self.b.clamp(0.0, 1.0),
        }
    }

    /// Perceived brightness, 0 to 1.
    pub(crate) fn brightness(self) -> f32 {
        (0.30 * self.r + 0.58 * self.g + 0.12 * self.b).clamp(0.0, 1.0)
    }

    /// How far from grey, 0 to 1.
    pub(crate) fn saturation(self) -> f32 {
        let high = self.r.max(self.g).max(self.b);
        let low = self.r.min(self.g).min(self.b);
        if high <= 0.0 { 0.0 } else { (high - low) / high }
    }

    /// Red minus blue: above zero is warm.
    pub(crate) fn warmth(self) -> f32 {
        self.r - self.b
    }

    pub(crate) fn bytes(self) -> [u8; 3] {
        let c = self.clamped();
        [c.r, c.g, c.b].map(|part| (part * 255.0 + 0.5) as u8)
    }
}
