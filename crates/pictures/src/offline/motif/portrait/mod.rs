//! A bust: head, hair, beard, clothes and expression, large enough to look the reader in the eye.

mod clothes;
mod face;
mod hair;
mod hat;

use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring, curve, ellipse, pt, rect, ribbon, smooth},
    reading::{Reading, Role},
    sheet::{Grain, Shape, Sheet},
};

/// What the face says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expression {
    Calm,
    Smiling,
    Sad,
    Angry,
}

/// Who sits for the portrait.
#[derive(Debug, Clone)]
pub(super) struct Sitter {
    pub(super) role: Role,
    pub(super) female: bool,
    pub(super) old: bool,
    pub(super) young: bool,
    pub(super) expression: Expression,
    pub(super) hair: Colour,
    pub(super) skin: Colour,
    pub(super) beard: bool,
    pub(super) moustache: bool,
    pub(super) whiskers: bool,
    pub(super) bald: bool,
    pub(super) cloth: Option<Colour>,
    pub(super) words: Vec<&'static str>,
    /// Middle of the face.
    pub(super) middle: Pt,
    /// From crown to chin, pixels.
    pub(super) size: f32,
    /// The face turns this way: -1 or 1.
    pub(super) turn: f32,
    /// Breadth of the face, 1 for ordinary.
    pub(super) breadth: f32,
}

impl Sitter {
    /// A point of the head's frame: middle of the face is the origin, y down, in head heights.
    pub(super) fn at(&self, x: f32, y: f32) -> Pt {
        pt(
            self.middle.x + x * self.turn * self.size,
            self.middle.y + y * self.size,
        )
    }

    pub(super) fn ring(&self, points: &[(f32, f32)]) -> Ring {
        smooth(&points.iter().map(|&(x, y)| self.at(x, y)).collect::<Vec<_>>())
    }

    pub(super) fn line(&self, points: &[(f32, f32)], thick: f32) -> Ring {
        let line = curve(&points.iter().map(|&(x, y)| self.at(x, y)).collect::<Vec<_>>());
        ribbon(&line, |t| thick * self.size * (0.25 + 3.0 * t * (1.0 - t)))
    }

    pub(super) fn oval(&self, x: f32, y: f32, rx: f32, ry: f32) -> Ring {
        ellipse(self.at(x, y), rx * self.size, ry * self.size)
    }

    pub(super) fn solid(&self, rings: Vec<Ring>, colour: Colour) -> Shape {
        Shape::of(rings, colour).grain(Grain::Solid).line(0.0)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }
}

/// Draws the portrait that a reading asks for, over the whole sheet.
pub(crate) fn draw(sheet: &mut Sheet, reading: &Reading) {
    backdrop(sheet);
    let sitter = sitter(sheet, reading);
    hair::behind(sheet, &sitter);
    hat::behind(sheet, &sitter);
    clothes::draw(sheet, &sitter);
    face::draw(sheet, &sitter);
    hair::before(sheet, &sitter);
    hat::before(sheet, &sitter);
}

/// A dark ground that clears around the head.
fn backdrop(sheet: &mut Sheet) {
    let (w, h) = (sheet.width, sheet.height);
    let ground = sheet
        .chance
        .fork("backdrop")
        .pick(&[hex(0x8b8471), hex(0x7c8480), hex(0x8a7a69)]);
    let grain = Grain::Lines {
        angle: -0.75,
        wave: 1.5,
    };
    sheet.add(
        Shape::new(rect(-10.0, -10.0, w + 20.0, h + 20.0), ground)
            .shade(1.12, 0.62)
            .side(-0.55)
            .grain(grain)
            .line(0.0),
    );
    for (size, alpha) in [(0.52, 0.32), (0.36, 0.36)] {
        let ring = ellipse(sheet.at(0.44, 0.42), size * h, size * h * 1.05);
        sheet.add(Shape::halo(ring, hex(0xe9e0cb), 0.16 * h, alpha));
    }
}

fn sitter(sheet: &Sheet, reading: &Reading) -> Sitter {
    let mut chance = sheet.chance.fork("sitter");
    let role = principal(reading);
    let female = matches!(
        role,
        Role::Woman | Role::OldWoman | Role::Girl | Role::Lady | Role::PeasantWoman
    );
    let old = reading.has(&["old", "old_man", "old_woman"]) || (reading.has(&["grey"]) && !female);
    let young = !old && (reading.has(&["young"]) || matches!(role, Role::Boy | Role::Girl | Role::Lady));
    let manly = !female && !matches!(role, Role::Boy);
    let soldierly = matches!(role, Role::Officer | Role::Soldier);
    let bearded = matches!(
        role,
        Role::Priest | Role::Peasant | Role::Monk | Role::King | Role::OldMan
    );
    let portrait = sheet.height > sheet.width;
    // A tall hat needs room above the head.
    let hatted =
        matches!(role, Role::Priest | Role::King) || role == Role::Gentleman && reading.has(&["hat"]);
    let (share, down) = match (portrait, hatted) {
        (true, _) => (0.30, 0.36),
        (false, false) => (0.43, 0.40),
        (false, true) => (0.37, 0.47),
    };
    Sitter {
        role,
        female,
        old,
        young,
        expression: expression(reading),
        hair: hair_colour(reading, old, &mut chance),
        skin: hex(0xe9c6a2).mix(hex(0xd9a983), if manly { 0.55 } else { 0.1 }),
        beard: manly && !young && (reading.has(&["beard"]) || (bearded && !reading.has(&["moustache"]))),
        moustache: manly && (reading.has(&["moustache", "beard"]) || ((soldierly || bearded) && !young)),
        whiskers: manly && !young && (soldierly && old || chance.flip(0.3)),
        bald: reading.has(&["bald"]) || (old && manly && chance.flip(0.45)),
        cloth: super::figure::cloth(reading).filter(|_| !reading.has(&["grey", "yellow", "brown"]) || female),
        words: reading.words.clone(),
        middle: sheet.at(0.48, down),
        size: sheet.height * share,
        turn: chance.sign(),
        breadth: if reading.has(&["fat"]) {
            1.14
        } else if reading.has(&["thin"]) {
            0.90
        } else {
            chance.range(0.96, 1.04)
        },
    }
}

/// The person the portrait is of: uniforms and trades say more than `man` and `old_man`.
fn principal(reading: &Reading) -> Role {
    let telling = reading.roles.iter().copied().find(|role| {
        !matches!(
            role,
            Role::Man | Role::Woman | Role::OldMan | Role::OldWoman | Role::Boy | Role::Girl
        )
    });
    let plain = telling.or_else(|| reading.roles.first().copied());
    match plain {
        Some(role) => role,
        None if reading.has(&["uniform", "sword"]) => Role::Officer,
        None if reading.has(&["dress", "braid"]) => Role::Lady,
        None if reading.has(&["headscarf"]) => Role::PeasantWoman,
        None => Role::Man,
    }
}

fn expression(reading: &Reading) -> Expression {
    if reading.has(&["angry"]) {
        Expression::Angry
    } else if reading.has(&["sad"]) {
        Expression::Sad
    } else if reading.has(&["smile"]) {
        Expression::Smiling
    } else {
        Expression::Calm
    }
}

fn hair_colour(reading: &Reading, old: bool, chance: &mut crate::offline::chance::Chance) -> Colour {
    let named = [
        ("white", 0xe9e6df),
        ("grey", 0xb9b6b0),
        ("black", 0x2b2624),
        ("red", 0x9a5230),
        ("yellow", 0xc9a25c),
        ("brown", 0x5d4230),
    ];
    match named.into_iter().find(|(name, _)| reading.has(&[name])) {
        Some((_, rgb)) => hex(rgb),
        None if old => hex(0xd3cfc7),
        None => chance.pick(&[hex(0x4b382c), hex(0x2f2825), hex(0x6f5136), hex(0x83623f)]),
    }
}
