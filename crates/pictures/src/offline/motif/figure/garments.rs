//! Clothes on the body: legs, coats, gowns, sleeves.

use super::{
    Body,
    dress::{Dress, Garment},
    pose::Pose,
};
use crate::offline::{
    colour::hex,
    geometry::{Ring, curve, ribbon},
    reading::{Posture, Role},
    sheet::{Shape, Sheet, UPRIGHT},
};

pub(super) fn legs(sheet: &mut Sheet, body: &Body<'_>, dress: &Dress) {
    let pose = body.pose;
    let boots = !matches!(body.figure.role, Role::Gentleman | Role::Sailor);
    let wide = if body.figure.role == Role::Sailor {
        1.35
    } else {
        1.0
    };
    for i in 0..2 {
        let hip = (pose.hips.0 + [-0.035, 0.035][i], pose.hips.1);
        let shade = dress.legs.times([0.8, 1.0][i]);
        sheet.add(
            body.shape(body.bone(hip, pose.knees[i], 0.058, 0.044 * wide), shade)
                .line(0.7 * body.line()),
        );
        let shin = if boots { hex(0x2a2726) } else { shade };
        sheet.add(
            body.shape(
                body.bone(pose.knees[i], pose.feet[i], 0.045 * wide, 0.030 * wide),
                shin,
            )
            .line(0.6 * body.line()),
        );
        let (x, y) = pose.feet[i];
        let shoe = body.ring(&[
            (x - 0.035, y + 0.03),
            (x + 0.02, y + 0.035),
            (x + 0.085, y + 0.012),
            (x + 0.08, y - 0.006),
            (x - 0.035, y - 0.006),
        ]);
        sheet.add(body.solid(vec![shoe], hex(0x262322)));
    }
}

pub(super) fn torso(sheet: &mut Sheet, body: &Body<'_>, dress: &Dress, seated: bool) {
    let Pose { neck, hips, .. } = body.pose;
    let female = dress.garment == Garment::Gown;
    let broad = if female { 0.088 } else { 0.118 };
    let waist = if female { 0.058 } else { 0.088 };
    let middle = ((neck.0 + hips.0) * 0.5, neck.1 * 0.42 + hips.1 * 0.58);
    let tail = match dress.garment {
        Garment::Coat if !seated => 0.23,
        Garment::Tunic if !seated => 0.09,
        _ => 0.02,
    };
    let flare = 0.1 + tail * 0.24;
    let ring = body.ring(&[
        (neck.0 - 0.035, neck.1 + 0.012),
        (neck.0 - broad, neck.1 - 0.025),
        (neck.0 - broad * 1.02, neck.1 - 0.09),
        (middle.0 - waist, middle.1),
        (hips.0 - flare, hips.1 - tail + 0.02),
        (hips.0 - flare * 0.9, hips.1 - tail),
        (hips.0 + flare * 0.9, hips.1 - tail),
        (hips.0 + flare, hips.1 - tail + 0.02),
        (middle.0 + waist, middle.1),
        (neck.0 + broad * 1.02, neck.1 - 0.09),
        (neck.0 + broad, neck.1 - 0.025),
        (neck.0 + 0.035, neck.1 + 0.012),
    ]);
    sheet.add(body.shape(ring, dress.main));
}

pub(super) fn gown(sheet: &mut Sheet, body: &Body<'_>, dress: &Dress) {
    let hips = body.pose.hips;
    let bell = match body.figure.role {
        Role::Lady => 0.30,
        Role::PeasantWoman | Role::Girl => 0.20,
        _ => 0.21,
    };
    let sway = if matches!(body.figure.posture, Posture::Dancing | Posture::Walking) {
        -0.06
    } else {
        0.0
    };
    let ring = body.ring(&[
        (hips.0 - 0.055, hips.1 + 0.12),
        (hips.0 - 0.12, hips.1 + 0.02),
        (sway - bell * 0.86, 0.16),
        (sway - bell, 0.012),
        (sway * 0.5 - bell * 0.4, -0.01),
        (sway * 0.5 + bell * 0.4, -0.01),
        (bell + sway * 0.4, 0.012),
        (bell * 0.86 + sway * 0.3, 0.16),
        (hips.0 + 0.12, hips.1 + 0.02),
        (hips.0 + 0.055, hips.1 + 0.12),
    ]);
    sheet.add(body.shape(ring, dress.main).shade(1.05, 0.85));
    let folds: Vec<Ring> = [-0.6, -0.28, 0.05, 0.4, 0.68]
        .iter()
        .map(|&side| {
            let line = curve(&[
                body.at((hips.0 + side * 0.06, hips.1 + 0.04)),
                body.at((side * bell * 0.7 + sway * 0.5, 0.24)),
                body.at((side * bell + sway * 0.8, 0.02)),
            ]);
            ribbon(&line, |t| body.figure.height * 0.016 * t + 0.4)
        })
        .collect();
    sheet.add(
        Shape::of(folds, dress.main.times(0.62))
            .depth(body.figure.depth)
            .grain(UPRIGHT)
            .line(0.0),
    );
    if body.figure.role == Role::PeasantWoman {
        let apron = body.ring(&[
            (hips.0 - 0.05, hips.1 + 0.1),
            (-0.09, 0.12),
            (0.09, 0.12),
            (hips.0 + 0.05, hips.1 + 0.1),
        ]);
        sheet.add(body.shape(apron, dress.second).line(0.5 * body.line()));
    }
}

pub(super) fn robe(sheet: &mut Sheet, body: &Body<'_>, dress: &Dress) {
    let hips = body.pose.hips;
    let ring = body.ring(&[
        (hips.0 - 0.08, hips.1 + 0.18),
        (hips.0 - 0.12, hips.1 - 0.1),
        (-0.17, 0.02),
        (-0.1, -0.008),
        (0.1, -0.008),
        (0.17, 0.02),
        (hips.0 + 0.12, hips.1 - 0.1),
        (hips.0 + 0.08, hips.1 + 0.18),
    ]);
    sheet.add(body.shape(ring, dress.main).shade(1.1, 0.9));
}

pub(super) fn seated_skirt(sheet: &mut Sheet, body: &Body<'_>, dress: &Dress) {
    let Pose {
        hips, knees, feet, ..
    } = body.pose;
    let ring = body.ring(&[
        (hips.0 - 0.10, hips.1 + 0.06),
        (hips.0 - 0.12, hips.1 - 0.08),
        (hips.0 - 0.02, feet[1].1 + 0.02),
        (feet[1].0 + 0.08, feet[1].1 - 0.005),
        (knees[1].0 + 0.07, knees[1].1 + 0.01),
        (knees[1].0 + 0.01, knees[1].1 + 0.06),
        (hips.0 + 0.08, hips.1 + 0.11),
    ]);
    sheet.add(body.shape(ring, dress.main));
}

pub(super) fn arm(sheet: &mut Sheet, body: &Body<'_>, dress: &Dress, i: usize) {
    let Pose {
        neck, elbows, hands, ..
    } = body.pose;
    let shoulder = (
        neck.0 + [-0.095, 0.095][i] * if dress.garment == Garment::Gown { 0.75 } else { 1.0 },
        neck.1 - 0.04,
    );
    let bare = body.figure.role == Role::Lady;
    let sleeve = if bare {
        hex(0xe8c9ac)
    } else {
        dress.main.times([0.78, 1.0][i])
    };
    let upper = if dress.garment == Garment::Robe {
        0.050
    } else {
        0.036
    };
    sheet.add(
        body.shape(body.bone(shoulder, elbows[i], upper, 0.030), sleeve)
            .line(0.6 * body.line()),
    );
    sheet.add(
        body.shape(body.bone(elbows[i], hands[i], 0.029, 0.022), sleeve)
            .line(0.6 * body.line()),
    );
    sheet.add(
        body.shape(body.dot(hands[i], 0.022), hex(0xe0b793))
            .line(0.4 * body.line()),
    );
}
