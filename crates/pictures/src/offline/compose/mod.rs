//! Where things go: one composition a file, chosen by what the brief is about.

mod ball;
mod built;
mod indoors;
mod open;
mod staffage;
mod waters;

use super::{
    air,
    chance::Chance,
    colour::hex,
    motif::{portrait, still_life, weather},
    reading::{Reading, Scenery},
    sheet::{Air, Sheet},
};
use crate::brief::Subject;

/// Composes the scene that a reading asks for.
pub(crate) fn compose(reading: &Reading, width: f32, height: f32, chance: Chance) -> Sheet {
    match reading.subject {
        Subject::Character => {
            let mut sheet = Sheet::new(width, height, studio(), chance);
            portrait::draw(&mut sheet, reading);
            sheet
        }
        Subject::Object if still_life::thing(reading).is_some() => {
            let mut sheet = Sheet::new(width, height, still_life::air(), chance);
            still_life::draw(&mut sheet, reading);
            sheet
        }
        _ => scene(reading, width, height, chance),
    }
}

/// The even light a painter works in.
fn studio() -> Air {
    Air {
        ambient: hex(0xf6efe4),
        haze: hex(0xe9e0cb),
        haze_strength: 0.0,
        lights: Vec::new(),
        exposure: 1.0,
    }
}

fn scene(reading: &Reading, width: f32, height: f32, chance: Chance) -> Sheet {
    let scenery = reading.scenery.unwrap_or_else(|| unnamed(reading));
    match scenery {
        Scenery::Room => {
            let mut sheet = Sheet::new(width, height, indoors::room_air(reading), chance);
            indoors::room(&mut sheet, reading);
            sheet
        }
        Scenery::Ball => {
            let mut sheet = Sheet::new(width, height, ball::air(), chance);
            ball::draw(&mut sheet, reading);
            sheet
        }
        outdoors => {
            let tone = air::outdoors(reading);
            let mut sheet = Sheet::new(width, height, tone.air(), chance);
            let draw = match outdoors {
                Scenery::Forest => open::forest,
                Scenery::Steppe => open::steppe,
                Scenery::Mountain => open::mountains,
                Scenery::Garden => open::garden,
                Scenery::Sky => open::heavens,
                Scenery::Sea => waters::sea,
                Scenery::River => waters::river,
                Scenery::Lake => waters::lake,
                Scenery::Village => built::village,
                Scenery::Street => built::street,
                Scenery::Castle => built::castle,
                Scenery::Church => built::church,
                Scenery::Field | Scenery::Room | Scenery::Ball => open::field,
            };
            draw(&mut sheet, reading, &tone);
            weather::draw(&mut sheet, reading);
            sheet
        }
    }
}

/// Where a passage plays that names no place: its things tell.
fn unnamed(reading: &Reading) -> Scenery {
    if reading.has(&["ship", "boat"]) {
        Scenery::Sea
    } else if reading.has(&["carriage", "sleigh", "horse", "mill"]) {
        Scenery::Steppe
    } else if reading.has(&[
        "table",
        "chair",
        "bed",
        "stove",
        "bookshelf",
        "piano",
        "window",
        "lamp",
        "candle",
        "samovar",
        "mirror",
    ]) {
        Scenery::Room
    } else if reading.has(&["tree", "birch", "fir"]) {
        Scenery::Forest
    } else if reading.has(&["flower", "bush"]) {
        Scenery::Garden
    } else if reading
        .words
        .iter()
        .all(|word| ["moon", "stars", "cloud", "sun", "night", "dawn"].contains(word))
        && !reading.words.is_empty()
    {
        Scenery::Sky
    } else {
        Scenery::Field
    }
}
