//! What tells a trade: epaulettes, belts, crosses, sabres, sticks.

use super::{Body, dress::Dress, pose::Pose};
use crate::offline::{
    colour::hex,
    geometry::{curve, ellipse, ribbon},
    reading::{Posture, Role},
    sheet::Sheet,
};

pub(super) fn trimmings(sheet: &mut Sheet, body: &Body<'_>, dress: &Dress, seated: bool) {
    let Pose { neck, hips, .. } = body.pose;
    let middle = ((neck.0 + hips.0) * 0.5, (neck.1 + hips.1) * 0.5);
    if body.figure.away {
        return;
    }
    match body.figure.role {
        Role::Officer => {
            for side in [-1.0, 1.0] {
                sheet.add(body.solid(
                    vec![ellipse(
                        body.at((neck.0 + side * 0.10, neck.1 - 0.015)),
                        0.042 * body.figure.height,
                        0.02 * body.figure.height,
                    )],
                    dress.second,
                ));
            }
            let sash = body.polygon(&[
                (neck.0 - 0.09, neck.1 - 0.03),
                (neck.0 - 0.05, neck.1 - 0.01),
                (hips.0 + 0.09, hips.1 + 0.06),
                (hips.0 + 0.08, hips.1 + 0.02),
            ]);
            sheet.add(body.solid(vec![sash], hex(0xa4473d)));
            let collar = body.polygon(&[
                (neck.0 - 0.04, neck.1 + 0.02),
                (neck.0 + 0.045, neck.1 + 0.02),
                (neck.0 + 0.04, neck.1 - 0.012),
                (neck.0 - 0.035, neck.1 - 0.012),
            ]);
            sheet.add(body.solid(vec![collar], hex(0xa4473d)));
        }
        Role::Soldier => {
            let belts = [
                body.polygon(&[
                    (neck.0 - 0.09, neck.1 - 0.03),
                    (neck.0 - 0.06, neck.1 - 0.01),
                    (hips.0 + 0.09, hips.1 + 0.06),
                    (hips.0 + 0.07, hips.1 + 0.03),
                ]),
                body.polygon(&[
                    (neck.0 + 0.09, neck.1 - 0.03),
                    (neck.0 + 0.06, neck.1 - 0.01),
                    (hips.0 - 0.09, hips.1 + 0.06),
                    (hips.0 - 0.07, hips.1 + 0.03),
                ]),
            ];
            sheet.add(body.solid(belts.to_vec(), dress.second));
        }
        Role::Gentleman | Role::Man | Role::OldMan | Role::Boy => {
            let shirt = body.polygon(&[
                (neck.0 - 0.025, neck.1 + 0.005),
                (neck.0 + 0.04, neck.1 + 0.005),
                (middle.0 + 0.02, middle.1 + 0.02),
            ]);
            sheet.add(body.solid(vec![shirt], dress.second));
            if !seated {
                let seam = ribbon(
                    &[
                        body.at((middle.0 + 0.02, middle.1)),
                        body.at((hips.0 + 0.03, hips.1 - 0.2)),
                    ],
                    |_| 0.007 * body.figure.height + 0.4,
                );
                sheet.add(body.solid(vec![seam], dress.main.times(0.45)));
            }
        }
        Role::Peasant | Role::Sailor => {
            let belt = body.polygon(&[
                (hips.0 - 0.10, hips.1 + 0.05),
                (hips.0 + 0.10, hips.1 + 0.05),
                (hips.0 + 0.10, hips.1 + 0.02),
                (hips.0 - 0.10, hips.1 + 0.02),
            ]);
            sheet.add(body.solid(vec![belt], dress.second));
        }
        Role::Priest => {
            let upright = body.polygon(&[
                (neck.0 + 0.01, middle.1 + 0.07),
                (neck.0 + 0.028, middle.1 + 0.07),
                (neck.0 + 0.028, middle.1 - 0.05),
                (neck.0 + 0.01, middle.1 - 0.05),
            ]);
            let bar = body.polygon(&[
                (neck.0 - 0.02, middle.1 + 0.04),
                (neck.0 + 0.058, middle.1 + 0.04),
                (neck.0 + 0.058, middle.1 + 0.022),
                (neck.0 - 0.02, middle.1 + 0.022),
            ]);
            sheet.add(body.solid(vec![upright, bar], dress.second));
        }
        Role::Lady | Role::Woman | Role::Girl => {
            let waist = body.polygon(&[
                (hips.0 - 0.06, hips.1 + 0.15),
                (hips.0 + 0.06, hips.1 + 0.15),
                (hips.0 + 0.06, hips.1 + 0.125),
                (hips.0 - 0.06, hips.1 + 0.125),
            ]);
            sheet.add(body.solid(vec![waist], dress.second));
        }
        Role::OldWoman | Role::PeasantWoman | Role::Monk | Role::King => {}
    }
}

pub(super) fn held(sheet: &mut Sheet, body: &Body<'_>) {
    let h = body.figure.height;
    let seated = matches!(
        body.figure.posture,
        Posture::Sitting | Posture::Riding | Posture::Dancing
    );
    match body.figure.role {
        Role::Officer => {
            let (x, y) = body.pose.hips;
            let line = curve(&[
                body.at((x - 0.06, y + 0.03)),
                body.at((x - 0.16, y - 0.16)),
                body.at((x - 0.25, y - 0.30)),
            ]);
            sheet.add(body.solid(vec![ribbon(&line, |t| (0.016 - 0.006 * t) * h)], hex(0x3a3836)));
        }
        Role::Soldier if !seated => {
            let line = [
                body.at((0.15, 0.0)),
                body.at((0.155, 0.98)),
                body.at((0.157, 1.16)),
            ];
            sheet.add(body.solid(vec![ribbon(&line, |t| (0.026 - 0.019 * t) * h)], hex(0x4a3526)));
        }
        Role::OldMan | Role::OldWoman | Role::Monk if !seated => {
            let hand = body.pose.hands[1];
            let line = [
                body.at((hand.0 + 0.01, hand.1 + 0.04)),
                body.at((hand.0 + 0.06, 0.0)),
            ];
            sheet.add(body.solid(vec![ribbon(&line, |_| 0.013 * h)], hex(0x4a3526)));
        }
        Role::Gentleman if !seated => {
            let hand = body.pose.hands[1];
            let line = [body.at(hand), body.at((hand.0 + 0.05, 0.0))];
            sheet.add(body.solid(vec![ribbon(&line, |_| 0.009 * h)], hex(0x26242a)));
        }
        _ => {}
    }
}
