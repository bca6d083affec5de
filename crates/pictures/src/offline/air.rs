//! The colours of an hour and a weather.

use super::{
    colour::{Colour, hex},
    reading::{Hour, Reading, Weather},
    sheet::Air,
};

/// Colours of the sky and the air.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tone {
    pub(crate) zenith: Colour,
    pub(crate) horizon: Colour,
    pub(crate) ambient: Colour,
    pub(crate) haze: Colour,
    pub(crate) haze_strength: f32,
    pub(crate) exposure: f32,
}

/// The tone of the open air.
pub(crate) fn outdoors(reading: &Reading) -> Tone {
    let tone = clear(reading.hour_or_day(), reading.snowy());
    let night = reading.hour == Some(Hour::Night);
    let (veil, amount, dim, haze_strength) = match reading.weather {
        Weather::Clear => return tone,
        Weather::Wind => (hex(0xb4bcbc), 0.35, 0.97, 0.75),
        Weather::Cloudy => (hex(0xb9bdbc), 0.55, 0.92, 0.75),
        Weather::Rain => (hex(0x8c979c), 0.72, 0.76, 0.85),
        Weather::Storm => (hex(0x454d58), 0.80, 0.60, 0.70),
        Weather::Snow => (hex(0xc3c8cc), 0.70, 0.95, 0.90),
        Weather::Blizzard => (hex(0x8a97a4), 0.88, 0.84, 0.90),
        Weather::Fog => (hex(0xd8d8d0), 0.85, 0.98, 1.0),
    };
    let veil = if night { veil.filtered(hex(0x5f6f8c)) } else { veil };
    Tone {
        zenith: tone.zenith.mix(veil, amount * 0.9),
        horizon: tone.horizon.mix(veil.mix(tone.horizon, 0.15), amount),
        ambient: tone.ambient.times(dim),
        haze: tone.haze.mix(veil, amount),
        haze_strength,
        exposure: tone.exposure,
    }
}

fn clear(hour: Hour, snowy: bool) -> Tone {
    let (zenith, horizon, ambient, haze, haze_strength) = match hour {
        Hour::Night => (0x141f38, 0x4b6480, 0x5a6a90, 0x44597a, 0.78),
        Hour::Dawn => (0x92aec6, 0xf6d3a6, 0xe2d0c6, 0xe9d2bd, 0.80),
        Hour::Day => (0x86b1d1, 0xe9ebe0, 0xffffff, 0xd3dfe2, 0.72),
        Hour::Evening => (0x6d7da2, 0xf4ab5c, 0xdcb494, 0xe0b189, 0.74),
        Hour::Dusk => (0x36425f, 0xc39288, 0x84809a, 0x817e92, 0.76),
    };
    let lift = if snowy && hour == Hour::Night { 1.15 } else { 1.0 };
    Tone {
        zenith: hex(zenith),
        horizon: hex(horizon),
        ambient: hex(ambient).times(lift),
        haze: hex(haze),
        haze_strength,
        exposure: match hour {
            Hour::Night => 0.72,
            Hour::Dusk => 0.85,
            _ => 1.0,
        },
    }
}

impl Tone {
    pub(crate) fn air(&self) -> Air {
        Air {
            ambient: self.ambient,
            haze: self.haze,
            haze_strength: self.haze_strength,
            lights: Vec::new(),
            exposure: self.exposure,
        }
    }
}
