//! Head, face, hair, beard and hat of a small person.

use super::Body;
use crate::offline::{
    colour::{Colour, hex},
    geometry::{ellipse, ribbon},
    reading::{Posture, Role},
    sheet::Sheet,
};

pub(super) fn head(sheet: &mut Sheet, body: &Body<'_>) {
    let (x, y) = body.pose.head;
    let h = body.figure.height;
    let role = body.figure.role;
    let skin = hex(0xe6c09c);
    sheet.add(
        body.shape(
            body.bone(body.pose.neck, (x, y - 0.02), 0.030, 0.028),
            skin.times(0.86),
        )
        .line(0.0),
    );
    let hair = match role {
        Role::OldMan | Role::OldWoman | Role::Priest => hex(0xd6d2c8),
        Role::Girl | Role::Boy => hex(0x9a7446),
        _ => hex(0x4b382b),
    };
    if matches!(role, Role::Lady | Role::Woman | Role::Girl) {
        sheet.add(
            body.shape(body.dot((x - 0.035, y + 0.02), 0.056), hair)
                .line(0.5 * body.line()),
        );
        sheet.add(
            body.shape(body.dot((x - 0.075, y + 0.01), 0.030), hair)
                .line(0.5 * body.line()),
        );
    } else {
        sheet.add(
            body.shape(
                ellipse(body.at((x - 0.014, y + 0.012)), 0.056 * h, 0.064 * h),
                hair,
            )
            .line(0.4 * body.line()),
        );
    }
    if body.figure.away {
        sheet.add(
            body.shape(ellipse(body.at((x, y)), 0.05 * h, 0.062 * h), hair)
                .line(0.5 * body.line()),
        );
    } else {
        sheet.add(
            body.shape(ellipse(body.at((x + 0.008, y)), 0.047 * h, 0.060 * h), skin)
                .line(0.6 * body.line()),
        );
        face(sheet, body, hair);
    }
    headgear(sheet, body);
}

pub(super) fn face(sheet: &mut Sheet, body: &Body<'_>, hair: Colour) {
    let (x, y) = body.pose.head;
    let h = body.figure.height;
    if h > 130.0 {
        let eye = 0.0065;
        let rings = vec![
            body.dot((x + 0.006, y + 0.006), eye),
            body.dot((x + 0.036, y + 0.006), eye),
            ribbon(
                &[
                    body.at((x + 0.026, y + 0.0)),
                    body.at((x + 0.032, y - 0.018)),
                    body.at((x + 0.022, y - 0.02)),
                ],
                |_| 0.006 * h,
            ),
            ribbon(
                &[body.at((x + 0.01, y - 0.034)), body.at((x + 0.032, y - 0.034))],
                |_| 0.006 * h,
            ),
        ];
        sheet.add(body.solid(rings, hex(0x4a352b)));
    }
    match body.figure.role {
        Role::OldMan | Role::Priest | Role::Peasant | Role::King | Role::Monk => {
            let long = if body.figure.role == Role::Peasant {
                0.07
            } else {
                0.12
            };
            let colour = if body.figure.role == Role::Peasant {
                hex(0x6b4a30)
            } else {
                hair
            };
            let beard = body.ring(&[
                (x - 0.036, y - 0.004),
                (x - 0.03, y - 0.05),
                (x + 0.012, y - 0.03 - long),
                (x + 0.05, y - 0.05),
                (x + 0.052, y - 0.012),
                (x + 0.022, y - 0.024),
            ]);
            sheet.add(body.shape(beard, colour).line(0.5 * body.line()));
        }
        Role::Officer | Role::Soldier => {
            let line = [
                body.at((x - 0.008, y - 0.034)),
                body.at((x + 0.024, y - 0.024)),
                body.at((x + 0.052, y - 0.034)),
            ];
            sheet.add(body.solid(vec![ribbon(&line, |_| 0.014 * h)], hex(0x4b382b)));
        }
        _ => {}
    }
}

pub(super) fn headgear(sheet: &mut Sheet, body: &Body<'_>) {
    let (x, y) = body.pose.head;
    let h = body.figure.height;
    let black = hex(0x26242a);
    let indoors = matches!(body.figure.posture, Posture::Dancing | Posture::Sitting) || body.figure.bare;
    let kept = matches!(
        body.figure.role,
        Role::OldWoman | Role::PeasantWoman | Role::Monk | Role::King | Role::Priest
    );
    if indoors && !kept {
        return;
    }
    match body.figure.role {
        Role::Gentleman => {
            let crown = body.polygon(&[
                (x - 0.048, y + 0.04),
                (x - 0.056, y + 0.145),
                (x + 0.060, y + 0.145),
                (x + 0.052, y + 0.04),
            ]);
            sheet.add(body.shape(crown, black));
            sheet.add(body.shape(
                ellipse(body.at((x + 0.003, y + 0.042)), 0.085 * h, 0.014 * h),
                black,
            ));
        }
        Role::Officer => {
            let crown = body.ring(&[
                (x - 0.06, y + 0.035),
                (x - 0.075, y + 0.085),
                (x, y + 0.10),
                (x + 0.08, y + 0.085),
                (x + 0.06, y + 0.035),
            ]);
            sheet.add(body.shape(crown, hex(0x3d5548)));
            let band = body.polygon(&[
                (x - 0.056, y + 0.052),
                (x + 0.062, y + 0.052),
                (x + 0.06, y + 0.03),
                (x - 0.054, y + 0.03),
            ]);
            sheet.add(body.solid(vec![band], hex(0xa4473d)));
            let peak = body.ring(&[(x + 0.0, y + 0.032), (x + 0.09, y + 0.018), (x + 0.06, y + 0.036)]);
            sheet.add(body.solid(vec![peak], black));
        }
        Role::Soldier => {
            let shako = body.polygon(&[
                (x - 0.05, y + 0.032),
                (x - 0.06, y + 0.14),
                (x + 0.07, y + 0.14),
                (x + 0.056, y + 0.032),
            ]);
            sheet.add(body.shape(shako, black));
            let plume = body.ring(&[
                (x, y + 0.13),
                (x + 0.018, y + 0.13),
                (x + 0.022, y + 0.21),
                (x + 0.0, y + 0.215),
            ]);
            sheet.add(body.shape(plume, hex(0xb4483c)).line(0.4));
        }
        Role::Sailor => {
            sheet.add(body.shape(
                ellipse(body.at((x, y + 0.055)), 0.066 * h, 0.024 * h),
                hex(0xe9e2d0),
            ));
        }
        Role::Man | Role::Boy => {
            let cap = body.ring(&[
                (x - 0.056, y + 0.026),
                (x - 0.06, y + 0.07),
                (x, y + 0.082),
                (x + 0.058, y + 0.062),
                (x + 0.086, y + 0.024),
            ]);
            sheet.add(body.shape(cap, hex(0x4a4440)));
        }
        Role::Peasant => {
            let hat = body.ring(&[
                (x - 0.062, y + 0.024),
                (x - 0.05, y + 0.10),
                (x, y + 0.12),
                (x + 0.05, y + 0.10),
                (x + 0.066, y + 0.024),
            ]);
            sheet.add(body.shape(hat, hex(0x6f5a45)));
        }
        Role::Priest => {
            let cap = body.polygon(&[
                (x - 0.05, y + 0.036),
                (x - 0.058, y + 0.12),
                (x + 0.066, y + 0.12),
                (x + 0.056, y + 0.036),
            ]);
            sheet.add(body.shape(cap, black));
        }
        Role::Monk => {
            let hood = body.ring(&[
                (x - 0.07, y - 0.07),
                (x - 0.075, y + 0.03),
                (x - 0.01, y + 0.10),
                (x + 0.05, y + 0.05),
                (x + 0.012, y + 0.036),
                (x - 0.022, y + 0.0),
                (x - 0.02, y - 0.08),
            ]);
            sheet.add(body.shape(hood, black));
        }
        Role::King => {
            let crown = body.polygon(&[
                (x - 0.05, y + 0.035),
                (x - 0.06, y + 0.11),
                (x - 0.025, y + 0.07),
                (x + 0.003, y + 0.12),
                (x + 0.03, y + 0.07),
                (x + 0.068, y + 0.11),
                (x + 0.056, y + 0.035),
            ]);
            sheet.add(body.shape(crown, hex(0xd0a546)));
        }
        Role::OldWoman | Role::PeasantWoman => {
            let colour = if body.figure.role == Role::OldWoman {
                hex(0x77605a)
            } else {
                hex(0xefe3cf)
            };
            let scarf = body.ring(&[
                (x - 0.05, y - 0.09),
                (x - 0.07, y + 0.02),
                (x - 0.03, y + 0.075),
                (x + 0.03, y + 0.07),
                (x + 0.05, y + 0.03),
                (x + 0.012, y + 0.034),
                (x - 0.02, y + 0.0),
                (x - 0.014, y - 0.055),
                (x + 0.03, y - 0.066),
                (x + 0.01, y - 0.10),
            ]);
            sheet.add(body.shape(scarf, colour));
        }
        Role::OldMan | Role::Lady | Role::Woman | Role::Girl => {}
    }
}
