//! Marks: filled outlines in one flat paint or a gradient. Pixels and SVG are made from the same marks.

use std::fmt::Write;

use tiny_skia::{
    FillRule, GradientStop, LinearGradient, Paint as SkiaPaint, Path, PathBuilder, Pixmap, Point, SpreadMode,
    Transform,
};

use crate::offline::{
    colour::{Colour, hex},
    geometry::{Pt, Ring},
};

/// What a mark is filled with.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Paint {
    Flat(Colour),
    /// From the first height to the second.
    Fade {
        from: f32,
        to: f32,
        top: Colour,
        bottom: Colour,
    },
}

/// One mark.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    pub(crate) rings: Vec<Ring>,
    pub(crate) paint: Paint,
    pub(crate) alpha: f32,
    /// Holes by the even-odd rule; otherwise overlapping rings add up.
    pub(crate) even_odd: bool,
}

impl Mark {
    pub(crate) fn flat(rings: Vec<Ring>, colour: Colour) -> Self {
        Self {
            rings,
            paint: Paint::Flat(colour),
            alpha: 1.0,
            even_odd: false,
        }
    }
}

/// Lays the marks on a sheet of one colour, first to last.
pub(crate) fn rasterise(marks: &[Mark], width: u32, height: u32, paper: Colour) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(width, height)?;
    pixmap.fill(skia(paper, 1.0));
    for mark in marks {
        if let Some(path) = path(&mark.rings) {
            let rule = if mark.even_odd {
                FillRule::EvenOdd
            } else {
                FillRule::Winding
            };
            pixmap.fill_path(&path, &paint(mark), rule, Transform::identity(), None);
        }
    }
    Some(pixmap)
}

/// A skia path of the rings that have an area.
pub(crate) fn path(rings: &[Ring]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for ring in rings.iter().filter(|ring| ring.len() >= 3) {
        builder.move_to(ring[0].x, ring[0].y);
        for p in &ring[1..] {
            builder.line_to(p.x, p.y);
        }
        builder.close();
    }
    builder.finish()
}

fn skia(colour: Colour, alpha: f32) -> tiny_skia::Color {
    let c = colour.clamped();
    tiny_skia::Color::from_rgba(c.r, c.g, c.b, alpha.clamp(0.0, 1.0)).unwrap_or(tiny_skia::Color::BLACK)
}

fn paint(mark: &Mark) -> SkiaPaint<'static> {
    let mut paint = SkiaPaint {
        anti_alias: true,
        ..SkiaPaint::default()
    };
    match mark.paint {
        Paint::Flat(colour) => paint.set_color(skia(colour, mark.alpha)),
        Paint::Fade {
            from,
            to,
            top,
            bottom,
        } => {
            let stops = vec![
                GradientStop::new(0.0, skia(top, mark.alpha)),
                GradientStop::new(1.0, skia(bottom, mark.alpha)),
            ];
            let (start, end) = (Point::from_xy(0.0, from), Point::from_xy(0.0, to.max(from + 1.0)));
            match LinearGradient::new(start, end, stops, SpreadMode::Pad, Transform::identity()) {
                Some(shader) => paint.shader = shader,
                None => paint.set_color(skia(top, mark.alpha)),
            }
        }
    }
    paint
}

/// The marks as an SVG document.
pub(crate) fn svg(marks: &[Mark], width: u32, height: u32, paper: Colour) -> String {
    let mut defs = String::new();
    let mut body = String::new();
    for (index, mark) in marks.iter().enumerate() {
        let fill = match mark.paint {
            Paint::Flat(colour) => css(colour),
            Paint::Fade {
                from,
                to,
                top,
                bottom,
            } => {
                let _ = write!(
                    defs,
                    "<linearGradient id=\"g{index}\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" x2=\"0\" y1=\"{from:.0}\" \
                     y2=\"{to:.0}\"><stop stop-color=\"{}\"/><stop offset=\"1\" stop-color=\"{}\"/></linearGradient>",
                    css(top),
                    css(bottom)
                );
                format!("url(#g{index})")
            }
        };
        let _ = write!(body, "<path fill=\"{fill}\"");
        if mark.alpha < 1.0 {
            let _ = write!(body, " fill-opacity=\"{:.2}\"", mark.alpha);
        }
        if mark.even_odd {
            body.push_str(" fill-rule=\"evenodd\"");
        }
        body.push_str(" d=\"");
        for ring in mark.rings.iter().filter(|ring| ring.len() >= 3) {
            outline(&mut body, ring);
        }
        body.push_str("\"/>\n");
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\"><defs>{defs}</defs><rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n{body}</svg>\n",
        css(paper)
    )
}

/// Tenths of a pixel, relative: half the length of absolute coordinates.
fn outline(body: &mut String, ring: &[Pt]) {
    let tenths = |p: &Pt| ((p.x * 10.0).round() as i32, (p.y * 10.0).round() as i32);
    let mut last = tenths(&ring[0]);
    let _ = write!(
        body,
        "M{} {}l",
        f64::from(last.0) / 10.0,
        f64::from(last.1) / 10.0
    );
    for p in &ring[1..] {
        let next = tenths(p);
        let step = (next.0 - last.0, next.1 - last.1);
        if step != (0, 0) {
            let _ = write!(body, "{} {} ", f64::from(step.0) / 10.0, f64::from(step.1) / 10.0);
            last = next;
        }
    }
    body.push('z');
}

fn css(colour: Colour) -> String {
    let [r, g, b] = colour.bytes();
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Paper that both line styles start from.
pub(crate) const PAPER: Colour = hex(0xf4ecdb);
