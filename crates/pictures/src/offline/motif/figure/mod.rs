//! People: a jointed body in a posture, dressed by role.

mod dress;
mod garments;
mod head;
mod pose;
mod trimmings;

use self::{dress::Garment, pose::Pose};
use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, ellipse, limb, pt, smooth},
    reading::{Posture, Reading, Role},
    sheet::{Grain, Shape, Sheet, UPRIGHT},
};

/// A person to be drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    pub(crate) role: Role,
    pub(crate) posture: Posture,
    /// Between the feet; for a rider or a sitter, under the hips at the height of the seat's foot.
    pub(crate) foot: Pt,
    /// Height of the same person standing, pixels.
    pub(crate) height: f32,
    pub(crate) depth: f32,
    /// Looks to the left.
    pub(crate) left: bool,
    /// Colour of the dress or coat when the brief names one.
    pub(crate) cloth: Option<Colour>,
    /// Without a hat: indoors.
    pub(crate) bare: bool,
    /// Seen from behind: no face.
    pub(crate) away: bool,
}

/// The colour that the brief gives to cloth.
pub(crate) fn cloth(reading: &Reading) -> Option<Colour> {
    let dyes = [
        ("red", 0xa63a32),
        ("blue", 0x44608a),
        ("green", 0x4d6b4c),
        ("yellow", 0xc9a14a),
        ("pink", 0xcf9a98),
        ("white", 0xece7dc),
        ("black", 0x2b2a30),
        ("grey", 0x84868a),
        ("brown", 0x6f5138),
    ];
    dyes.into_iter()
        .find(|(name, _)| reading.has(&[name]))
        .map(|(_, rgb)| hex(rgb))
}

/// A person's frame on the sheet.
struct Body<'a> {
    figure: &'a Figure,
    pose: Pose,
}

impl Body<'_> {
    fn at(&self, (x, y): (f32, f32)) -> Pt {
        let mirror = if self.figure.left { -1.0 } else { 1.0 };
        pt(
            self.figure.foot.x + x * mirror * self.figure.height,
            self.figure.foot.y - y * self.figure.height,
        )
    }

    fn ring(&self, points: &[(f32, f32)]) -> Ring {
        smooth(&points.iter().map(|&p| self.at(p)).collect::<Vec<_>>())
    }

    fn polygon(&self, points: &[(f32, f32)]) -> Ring {
        points.iter().map(|&p| self.at(p)).collect()
    }

    fn bone(&self, from: (f32, f32), to: (f32, f32), thick: f32, thin: f32) -> Ring {
        limb(
            self.at(from),
            self.at(to),
            thick * self.figure.height,
            thin * self.figure.height,
        )
    }

    fn shape(&self, ring: Ring, colour: Colour) -> Shape {
        Shape::new(ring, colour)
            .depth(self.figure.depth)
            .side(0.45)
            .grain(UPRIGHT)
            .line(self.line())
    }

    fn solid(&self, rings: Vec<Ring>, colour: Colour) -> Shape {
        Shape::of(rings, colour)
            .depth(self.figure.depth)
            .grain(Grain::Solid)
            .line(0.0)
    }

    /// Contours thin out on small people.
    fn line(&self) -> f32 {
        (self.figure.height / 220.0).clamp(0.45, 1.0)
    }

    fn dot(&self, at: (f32, f32), radius: f32) -> Ring {
        ellipse(
            self.at(at),
            radius * self.figure.height,
            radius * self.figure.height,
        )
    }
}

/// Draws a person.
pub(crate) fn draw(sheet: &mut Sheet, figure: &Figure) {
    let small = matches!(figure.role, Role::Boy | Role::Girl);
    let figure = Figure {
        height: figure.height * if small { 0.72 } else { 1.0 },
        ..*figure
    };
    let body = Body {
        figure: &figure,
        pose: pose::pose(figure.posture),
    };
    let dress = dress::dress(figure.role, figure.cloth);
    if figure.posture != Posture::Riding {
        shadow(sheet, &body);
    }
    garments::arm(sheet, &body, &dress, 0);
    let seated = matches!(figure.posture, Posture::Sitting | Posture::Riding);
    match dress.garment {
        Garment::Gown if seated => garments::seated_skirt(sheet, &body, &dress),
        Garment::Gown => garments::gown(sheet, &body, &dress),
        Garment::Robe if seated => garments::seated_skirt(sheet, &body, &dress),
        Garment::Robe => garments::robe(sheet, &body, &dress),
        Garment::Coat | Garment::Tunic => garments::legs(sheet, &body, &dress),
    }
    garments::torso(sheet, &body, &dress, seated);
    trimmings::trimmings(sheet, &body, &dress, seated);
    head::head(sheet, &body);
    garments::arm(sheet, &body, &dress, 1);
    trimmings::held(sheet, &body);
}

fn shadow(sheet: &mut Sheet, body: &Body<'_>) {
    let h = body.figure.height;
    let at = body.at((0.06, 0.0));
    sheet.add(
        Shape::new(ellipse(at, h * 0.20, h * 0.022), hex(0x4a4c52))
            .depth(body.figure.depth)
            .line(0.0)
            .soft(2.0)
            .alpha(0.45),
    );
}
