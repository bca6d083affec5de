//! Where the joints are in each posture.

use crate::offline::reading::Posture;

/// Where the joints are, in heights of the body; y is up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pose {
    pub(super) head: (f32, f32),
    pub(super) neck: (f32, f32),
    pub(super) hips: (f32, f32),
    pub(super) knees: [(f32, f32); 2],
    pub(super) feet: [(f32, f32); 2],
    pub(super) elbows: [(f32, f32); 2],
    pub(super) hands: [(f32, f32); 2],
}

pub(super) fn pose(posture: Posture) -> Pose {
    match posture {
        Posture::Standing | Posture::Lying => Pose {
            head: (0.012, 0.925),
            neck: (0.0, 0.825),
            hips: (0.0, 0.50),
            knees: [(-0.045, 0.26), (0.055, 0.26)],
            feet: [(-0.055, 0.0), (0.075, 0.0)],
            elbows: [(-0.135, 0.62), (0.145, 0.63)],
            hands: [(-0.12, 0.45), (0.125, 0.47)],
        },
        Posture::Walking => Pose {
            head: (0.045, 0.92),
            neck: (0.025, 0.82),
            hips: (0.0, 0.50),
            knees: [(-0.035, 0.26), (0.10, 0.28)],
            feet: [(-0.16, 0.015), (0.155, 0.0)],
            elbows: [(-0.10, 0.63), (0.11, 0.64)],
            hands: [(-0.13, 0.46), (0.19, 0.50)],
        },
        Posture::Dancing => Pose {
            head: (0.02, 0.925),
            neck: (0.0, 0.825),
            hips: (-0.01, 0.50),
            knees: [(-0.07, 0.26), (0.07, 0.27)],
            feet: [(-0.14, 0.01), (0.09, 0.0)],
            elbows: [(0.10, 0.70), (0.16, 0.75)],
            hands: [(0.20, 0.66), (0.30, 0.82)],
        },
        Posture::Sitting => Pose {
            head: (0.055, 0.70),
            neck: (0.02, 0.60),
            hips: (-0.03, 0.28),
            knees: [(0.17, 0.29), (0.21, 0.285)],
            feet: [(0.16, 0.0), (0.24, 0.0)],
            elbows: [(-0.03, 0.41), (0.09, 0.42)],
            hands: [(0.13, 0.37), (0.20, 0.41)],
        },
        Posture::Riding => Pose {
            head: (0.03, 0.44),
            neck: (0.0, 0.34),
            hips: (-0.02, 0.03),
            knees: [(0.11, -0.10), (0.12, -0.10)],
            feet: [(0.06, -0.32), (0.07, -0.32)],
            elbows: [(0.03, 0.16), (0.06, 0.17)],
            hands: [(0.16, 0.12), (0.18, 0.13)],
        },
    }
}
