//! The scene before any style touches it: filled shapes from back to front, and the light they stand in.

use super::{
    chance::Chance,
    colour::Colour,
    geometry::{Pt, Ring, bounds, pt},
};

/// How hatching or carving runs over a shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Grain {
    /// Parallel lines at an angle (radians, 0 is level) that sway by `wave` pixels.
    Lines { angle: f32, wave: f32 },
    /// Short broken strokes, as for leaves and grass.
    Dashes { angle: f32 },
    /// One flat mark, black or paper.
    Solid,
}

/// Level lines, nearly straight.
pub(crate) const LEVEL: Grain = Grain::Lines {
    angle: 0.0,
    wave: 1.0,
};
/// The slope of a right-handed pen.
pub(crate) const SLANT: Grain = Grain::Lines {
    angle: -0.9,
    wave: 0.6,
};
/// Upright lines.
pub(crate) const UPRIGHT: Grain = Grain::Lines {
    angle: 1.5,
    wave: 0.6,
};

/// One filled shape.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// Filled by the even-odd rule; when the grain is [`Grain::Solid`], overlapping rings add up instead.
    pub(crate) rings: Vec<Ring>,
    /// Colour of the thing itself in white light.
    pub(crate) colour: Colour,
    /// Colour at the bottom of the shape, when it is another.
    pub(crate) foot: Option<Colour>,
    /// Brightness at the top and at the bottom of the shape.
    pub(crate) shade: (f32, f32),
    /// Darkening of the right-hand side (negative: of the left), 0 to 1.
    pub(crate) side: f32,
    /// 0 at the reader's nose, 1 at the horizon.
    pub(crate) depth: f32,
    /// Shines by itself: neither light nor air change it.
    pub(crate) glow: bool,
    pub(crate) grain: Grain,
    /// Weight of the contour, 0 for none, 1 ordinary.
    pub(crate) line: f32,
    /// Width in pixels over which the edge melts, where the style can.
    pub(crate) soft: f32,
    /// How much it covers, 0 to 1.
    pub(crate) alpha: f32,
    /// Light in the air rather than a thing: line styles let it thin the strokes beneath.
    pub(crate) halo: bool,
    low: Pt,
    high: Pt,
}

impl Shape {
    pub(crate) fn new(ring: Ring, colour: Colour) -> Self {
        Self::of(vec![ring], colour)
    }

    pub(crate) fn of(rings: Vec<Ring>, colour: Colour) -> Self {
        let (low, high) = bounds(&rings);
        Self {
            rings,
            colour,
            foot: None,
            shade: (1.0, 1.0),
            side: 0.0,
            depth: 0.0,
            glow: false,
            grain: SLANT,
            line: 1.0,
            soft: 0.0,
            alpha: 1.0,
            halo: false,
            low,
            high,
        }
    }

    pub(crate) fn foot(mut self, colour: Colour) -> Self {
        self.foot = Some(colour);
        self
    }

    pub(crate) fn shade(mut self, top: f32, bottom: f32) -> Self {
        self.shade = (top, bottom);
        self
    }

    pub(crate) fn side(mut self, side: f32) -> Self {
        self.side = side;
        self
    }

    pub(crate) fn depth(mut self, depth: f32) -> Self {
        self.depth = depth;
        self
    }

    pub(crate) fn glow(mut self) -> Self {
        self.glow = true;
        self
    }

    pub(crate) fn grain(mut self, grain: Grain) -> Self {
        self.grain = grain;
        self
    }

    pub(crate) fn line(mut self, weight: f32) -> Self {
        self.line = weight;
        self
    }

    pub(crate) fn soft(mut self, pixels: f32) -> Self {
        self.soft = pixels;
        self
    }

    pub(crate) fn alpha(mut self, alpha: f32) -> Self {
        self.alpha = alpha;
        self
    }

    /// An elliptic glow in the air that covers by `alpha` in its middle.
    pub(crate) fn halo(ring: Ring, colour: Colour, soft: f32, alpha: f32) -> Self {
        Self {
            glow: true,
            halo: true,
            line: 0.0,
            soft,
            alpha,
            ..Self::new(ring, colour)
        }
    }

    /// Top left and bottom right.
    pub(crate) fn bounds(&self) -> (Pt, Pt) {
        (self.low, self.high)
    }
}

/// A lamp, a fire, a moon: brightens what is near.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Light {
    pub(crate) at: Pt,
    /// Half of the strength is left at this distance, pixels.
    pub(crate) reach: f32,
    pub(crate) colour: Colour,
    pub(crate) strength: f32,
}

/// What the light of the hour and the air do to every colour.
#[derive(Debug, Clone)]
pub(crate) struct Air {
    /// Multiplies every colour.
    pub(crate) ambient: Colour,
    /// What far things melt into.
    pub(crate) haze: Colour,
    /// How much of a thing at depth 1 the haze takes, 0 to 1.
    pub(crate) haze_strength: f32,
    pub(crate) lights: Vec<Light>,
    /// Exponent of brightness in line styles: below 1 prints the night lighter than it is, for black paper tells
    /// nothing.
    pub(crate) exposure: f32,
}

/// A sheet being composed.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) shapes: Vec<Shape>,
    pub(crate) air: Air,
    pub(crate) chance: Chance,
}

impl Sheet {
    pub(crate) fn new(width: f32, height: f32, air: Air, chance: Chance) -> Self {
        Self {
            width,
            height,
            shapes: Vec::new(),
            air,
            chance,
        }
    }

    /// The unit that things are measured in: 1 on a sheet 768 pixels high or wide, whichever is less.
    pub(crate) fn unit(&self) -> f32 {
        self.width.min(self.height) / 768.0
    }

    /// The point at these fractions of the sheet.
    pub(crate) fn at(&self, x: f32, y: f32) -> Pt {
        pt(self.width * x, self.height * y)
    }

    pub(crate) fn add(&mut self, shape: Shape) {
        let far = (shape.high.x < -40.0 || shape.low.x > self.width + 40.0)
            || (shape.high.y < -40.0 || shape.low.y > self.height + 40.0);
        if !far && shape.rings.iter().any(|ring| ring.len() >= 3) {
            self.shapes.push(shape);
        }
    }

    pub(crate) fn light(&mut self, light: Light) {
        self.air.lights.push(light);
    }

    /// The colour of `shape` at `p` as the eye gets it.
    pub(crate) fn seen(&self, shape: &Shape, p: Pt) -> Colour {
        let down = ((p.y - shape.low.y) / (shape.high.y - shape.low.y).max(1.0)).clamp(0.0, 1.0);
        let across = ((p.x - shape.low.x) / (shape.high.x - shape.low.x).max(1.0)).clamp(0.0, 1.0) - 0.5;
        let form =
            (shape.shade.0 + (shape.shade.1 - shape.shade.0) * down) * (1.0 - shape.side * across * 1.2);
        let own = shape
            .foot
            .map_or(shape.colour, |foot| shape.colour.mix(foot, down))
            .times(form);
        if shape.glow {
            return own.clamped();
        }
        let lit = self.air.lights.iter().fold(self.air.ambient, |light, lamp| {
            let distance = (p - lamp.at).length() / lamp.reach;
            light.plus(
                lamp.colour
                    .times(lamp.strength / (1.0 + distance * distance * distance)),
            )
        });
        own.filtered(lit.rolled_off())
            .clamped()
            .mix(self.air.haze, self.air.haze_strength * shape.depth)
    }

    /// [`Sheet::seen`] in the middle of the shape.
    pub(crate) fn seen_amid(&self, shape: &Shape) -> Colour {
        let x = (shape.low.x.max(0.0) + shape.high.x.min(self.width)) * 0.5;
        let y = (shape.low.y.max(0.0) + shape.high.y.min(self.height)) * 0.5;
        self.seen(shape, pt(x, y))
    }
}
