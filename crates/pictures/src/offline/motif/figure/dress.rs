//! What each role wears.

use crate::offline::{
    colour::{Colour, hex},
    reading::Role,
};

/// What covers the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Garment {
    /// To the knee, open in front.
    Coat,
    /// To the hip, with a belt.
    Tunic,
    /// Bell to the ground.
    Gown,
    /// Straight to the ground.
    Robe,
}

pub(super) struct Dress {
    pub(super) garment: Garment,
    pub(super) main: Colour,
    pub(super) second: Colour,
    pub(super) legs: Colour,
}

pub(super) fn dress(role: Role, cloth: Option<Colour>) -> Dress {
    let of = |garment, main: u32, second: u32, legs: u32| Dress {
        garment,
        main: cloth.unwrap_or(hex(main)),
        second: hex(second),
        legs: hex(legs),
    };
    match role {
        Role::Man | Role::Boy => of(Garment::Coat, 0x5a4e46, 0xe6ddca, 0x4a4540),
        Role::Gentleman => of(Garment::Coat, 0x32323c, 0xf0eadb, 0x5f5b55),
        Role::OldMan => of(Garment::Coat, 0x6b6156, 0xd9d0be, 0x55504a),
        Role::Officer => of(Garment::Tunic, 0x3d5548, 0xc8a24c, 0x4a4d55),
        Role::Soldier => of(Garment::Coat, 0x7c7b72, 0xe9e2d0, 0x4a4a4a),
        Role::Peasant => of(Garment::Tunic, 0xb9a88c, 0x8f4036, 0x6b6257),
        Role::Sailor => of(Garment::Tunic, 0x35496b, 0xeee8da, 0xdcd6c8),
        Role::Priest | Role::Monk => of(Garment::Robe, 0x2e2c30, 0xc8a24c, 0x2e2c30),
        Role::King => of(Garment::Robe, 0x8f3030, 0xe2d7bd, 0x6b2a2a),
        Role::Lady => of(Garment::Gown, 0xe4d7cb, 0xc98f86, 0xe4d7cb),
        Role::Woman | Role::Girl => of(Garment::Gown, 0x7d8ba0, 0xe9e2d4, 0x7d8ba0),
        Role::OldWoman => of(Garment::Gown, 0x5d5660, 0x8d7d72, 0x5d5660),
        Role::PeasantWoman => of(Garment::Gown, 0xa8503f, 0xefe6d4, 0xa8503f),
    }
}
