//! People, beasts and vehicles that enliven a landscape.

use crate::offline::{
    geometry::pt,
    motif::{
        animal,
        figure::{self, Figure},
        horse::{self, Horse},
        vehicle::{self, Team},
    },
    reading::{Hour, Posture, Reading, Role, Scenery, Weather},
    sheet::Sheet,
};

/// A strip of ground where things may stand: fractions of the sheet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stage {
    /// Height of the feet.
    pub(crate) y: f32,
    /// Height of a grown person there, as a fraction of the sheet's height.
    pub(crate) person: f32,
    /// Where the eye goes first.
    pub(crate) x: f32,
    pub(crate) depth: f32,
}

/// Puts everybody the reading names on the stage: vehicles first, then riders, people, beasts.
pub(crate) fn draw(sheet: &mut Sheet, reading: &Reading, stage: Stage) {
    let left = stage.x > 0.5;
    if reading.has(&["carriage", "sleigh"]) {
        team(sheet, reading, stage);
    }
    let mut roles = reading.roles.clone();
    let rides = reading.posture == Some(Posture::Riding)
        || reading.has(&["horse"]) && !reading.has(&["carriage", "sleigh"]);
    if rides {
        let mut chance = sheet.chance.fork("rider");
        let height = sheet.height * stage.person * 0.92;
        let foot = sheet.at(stage.x, stage.y);
        let beast = Horse {
            foot,
            height,
            depth: stage.depth,
            left,
            moving: true,
            coat: chance.pick(&horse::COATS),
        };
        if roles.is_empty() && reading.posture != Some(Posture::Riding) {
            horse::draw(sheet, &beast);
        } else {
            let role = if roles.is_empty() {
                Role::Man
            } else {
                roles.remove(0)
            };
            horse::mounted(sheet, &beast, role);
        }
    }
    if reading.has(&["crowd"]) {
        crowd(sheet, stage);
    }
    for (i, role) in roles.into_iter().take(4).enumerate() {
        let vehicle = reading.has(&["carriage", "sleigh"]) || rides;
        let x = if vehicle {
            stage.x + 0.34 * if left { 1.0 } else { -1.0 }
        } else {
            stage.x
        } + 0.085 * i as f32;
        let figure = Figure {
            role,
            posture: reading
                .posture
                .filter(|p| *p != Posture::Riding && *p != Posture::Sitting)
                .unwrap_or(Posture::Walking),
            foot: sheet.at(x, stage.y + 0.012 * (i % 2) as f32),
            height: sheet.height * stage.person,
            depth: stage.depth,
            left: left ^ (i % 2 == 1),
            cloth: if i == 0 { figure::cloth(reading) } else { None },
            bare: false,
            away: false,
        };
        figure::draw(sheet, &figure);
    }
    for (i, beast) in reading
        .words
        .iter()
        .filter_map(|word| animal::beast(word))
        .enumerate()
    {
        if beast == animal::Beast::Bird && reading.scenery != Some(Scenery::Garden) {
            continue;
        }
        let x = stage.x + (0.13 + 0.12 * i as f32) * if left { -1.0 } else { 1.0 };
        let height = sheet.height * stage.person * beast.share();
        animal::draw(
            sheet,
            beast,
            sheet.at(x, stage.y + 0.02),
            height,
            stage.depth,
            left,
        );
    }
}

fn team(sheet: &mut Sheet, reading: &Reading, stage: Stage) {
    let left = stage.x > 0.5;
    let sleigh = reading.has(&["sleigh"]) || (reading.snowy() && !reading.has(&["carriage"]));
    let size = sheet.height * stage.person * if sleigh { 0.92 } else { 1.12 };
    let back = if left { 0.09 } else { -0.09 };
    let team = Team {
        foot: sheet.at(stage.x + back, stage.y),
        size,
        depth: stage.depth,
        left,
        horses: if sleigh { 3 } else { 2 },
        lamp: matches!(reading.hour, Some(Hour::Night | Hour::Dusk)) && reading.weather != Weather::Blizzard,
    };
    if sleigh {
        vehicle::sleigh(sheet, &team)
    } else {
        vehicle::carriage(sheet, &team)
    }
}

fn crowd(sheet: &mut Sheet, stage: Stage) {
    let mut chance = sheet.chance.fork("crowd");
    let roles = [
        Role::Man,
        Role::Woman,
        Role::Peasant,
        Role::PeasantWoman,
        Role::Gentleman,
        Role::OldMan,
        Role::Lady,
    ];
    for row in 0..3 {
        let near = row as f32 / 2.0;
        for i in 0..9 {
            let x = (i as f32 + chance.range(0.1, 0.9)) / 9.0;
            let height = sheet.height * stage.person * (0.62 + 0.3 * near);
            let figure = Figure {
                role: chance.pick(&roles),
                posture: Posture::Standing,
                foot: pt(x * sheet.width, sheet.height * (stage.y - 0.075 + 0.05 * near)),
                height,
                depth: stage.depth + 0.3 * (1.0 - near),
                left: chance.flip(0.5),
                cloth: None,
                bare: false,
                away: chance.flip(0.4),
            };
            figure::draw(sheet, &figure);
        }
    }
}
