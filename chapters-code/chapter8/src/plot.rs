//! Plots of measured figures, as SVG that reads on light and dark ground: lines
//! and words have the page's own colour, and there is no ground.

use anyhow::{Context, ensure};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use std::fmt::Display;
use std::fs;
use std::path::Path;

/// The book's accents, in the order in which curves and groups take them.
const ACCENTS: [RGBColor; 3] = [
    RGBColor(0x2a, 0x7a, 0xb8),
    RGBColor(0xc2, 0x57, 0x1a),
    RGBColor(0x3f, 0x8f, 0x4f),
];

/// In the drawing's units; a page shows them at about their size. Of a text's
/// 21 plotters makes a `font-size` of 16.
const WIDTH: u32 = 560;
const TEXT: i32 = 21;
const LINE: i32 = 28;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Draws a curve for each name and its values, one value a step. `measure`
/// says what the values are and in which unit, `what` the same of the steps.
/// The steps stand at equal distances; the upright axis begins at zero.
///
/// # Errors
/// A curve has not as many values as there are steps, or the file cannot be
/// written.
pub fn curves(
    file: impl AsRef<Path>,
    measure: &str,
    (what, steps): (&str, &[impl Display]),
    curves: &[(&str, Vec<f64>)],
) -> anyhow::Result<()> {
    let top = curves.iter().flat_map(|(_, values)| values);
    let top = top.copied().fold(0.0, f64::max) * 1.05;
    for (name, values) in curves {
        let (found, wanted) = (values.len(), steps.len());
        ensure!(
            found == wanted && top > 0.0,
            "{name}: {found} values for {wanted} steps"
        );
    }
    let title = format!("{measure}, by {what}");
    drawn(file.as_ref(), &title, 360, |area| {
        let (head, plot) = area.split_vertically(head(curves.len()));
        legend(&head, measure, curves.iter().map(|(name, _)| *name))?;
        let last = steps.len().saturating_sub(1) as f64;
        let mut chart = ChartBuilder::on(&plot)
            .margin_right(40)
            .x_label_area_size(2 * LINE)
            .y_label_area_size(64)
            .build_cartesian_2d(-0.1..last + 0.1, 0.0..top)?;
        let style = text();
        let step = |at: &f64| {
            let near = at.round();
            let is_step = (at - near).abs() < 0.01 && near >= 0.0;
            let step = is_step.then(|| steps.get(near as usize)).flatten();
            step.map_or(String::new(), ToString::to_string)
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(BLACK.mix(0.2))
            .axis_style(BLACK.mix(0.6))
            .label_style(style.clone())
            .x_desc(what)
            .x_labels(steps.len() + 1)
            .x_label_formatter(&step)
            .y_labels(6)
            .y_label_formatter(&|value| number(*value))
            .draw()?;
        for ((_, values), accent) in curves.iter().zip(ACCENTS) {
            let points = values.iter().enumerate();
            let points: Vec<_> =
                points.map(|(at, value)| (at as f64, *value)).collect();
            let line = ShapeStyle::from(accent).stroke_width(3);
            chart.draw_series(LineSeries::new(points.clone(), line))?;
            let dot = |at| Circle::new(at, 5, accent.filled());
            chart.draw_series(points.into_iter().map(dot))?;
        }
        Ok(())
    })
}

/// Draws groups of bars from zero on, each with its name before it and its
/// value behind it.
///
/// # Errors
/// No value is above zero, or the file cannot be written.
pub fn bars(
    file: impl AsRef<Path>,
    measure: &str,
    groups: &[(&str, Vec<(&str, f64)>)],
) -> anyhow::Result<()> {
    let all = || groups.iter().flat_map(|(_, bars)| bars);
    let longest = all().map(|(_, value)| *value).fold(0.0, f64::max);
    ensure!(longest > 0.0, "there is nothing to draw");
    let lines = i32::try_from(all().count() + groups.len() - 1)?;
    let height = head(groups.len()) + lines * LINE;
    drawn(file.as_ref(), measure, height.unsigned_abs(), |area| {
        legend(area, measure, groups.iter().map(|(name, _)| *name))?;
        let (left, right) = (175, WIDTH as i32 - 80);
        let mut y = head(groups.len()) + LINE / 2;
        for ((_, bars), accent) in groups.iter().zip(ACCENTS) {
            for (name, value) in bars {
                let end =
                    left + (value / longest * f64::from(right - left)) as i32;
                let corners = [(left, y - 10), (end.max(left + 1), y + 10)];
                area.draw(&Rectangle::new(corners, accent.filled()))?;
                let before = text().pos(Pos::new(HPos::Right, VPos::Center));
                let behind = text().pos(Pos::new(HPos::Left, VPos::Center));
                area.draw_text(name, &before, (left - 10, y))?;
                area.draw_text(&number(*value), &behind, (end + 10, y))?;
                y += LINE;
            }
            y += LINE;
        }
        Ok(())
    })
}

/// The height of a [`legend`].
fn head(names: usize) -> i32 {
    if names < 2 { LINE } else { 2 * LINE }
}

/// What is measured, and below it whose colour is whose; one alone needs none.
fn legend<'a>(
    area: &Area,
    measure: &str,
    names: impl ExactSizeIterator<Item = &'a str>,
) -> anyhow::Result<()> {
    let style = text().pos(Pos::new(HPos::Left, VPos::Center));
    area.draw_text(measure, &style, (10, LINE / 2))?;
    if names.len() < 2 {
        return Ok(());
    }
    let (mut x, y) = (10, LINE + LINE / 2);
    for (name, accent) in names.zip(ACCENTS) {
        let corners = [(x, y - 6), (x + 24, y + 6)];
        area.draw(&Rectangle::new(corners, accent.filled()))?;
        area.draw_text(name, &style, (x + 32, y))?;
        // About nine units a letter.
        x += 60 + 9 * i32::try_from(name.chars().count())?;
    }
    Ok(())
}

/// Black is what becomes the page's colour.
fn text() -> TextStyle<'static> {
    ("sans-serif", TEXT)
        .into_text_style(&(WIDTH, WIDTH))
        .color(&BLACK)
}

/// As few digits as tell it: `1,234`, `12.3`, `0.05`.
fn number(value: f64) -> String {
    let decimals = match value.abs() {
        value if value >= 100.0 => 0,
        value if value >= 10.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match part.trim_end_matches('0') {
        "" => grouped,
        part => format!("{grouped}.{part}"),
    }
}

/// Has the drawing made, and writes it as a figure for a page: it scales, has
/// the page's colour, and says what it is.
fn drawn(
    file: &Path,
    title: &str,
    height: u32,
    draw: impl FnOnce(&Area) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height));
        let area = area.into_drawing_area();
        draw(&area).context("drawing")?;
        area.present()?;
    }
    let stem = file.file_stem().context("a plot's file has a name")?;
    let svg = figure(&svg, &stem.to_string_lossy(), title, height)?;
    fs::write(file, svg).with_context(|| format!("writing {}", file.display()))
}

fn figure(
    svg: &str,
    stem: &str,
    title: &str,
    height: u32,
) -> anyhow::Result<String> {
    let (_, drawing) = svg.split_once("<svg").context("no drawing")?;
    let (_, drawing) = drawing.split_once('>').context("no drawing")?;
    let drawing = drawing
        .replace("\"#000000\"", "\"currentColor\"")
        .replace(" font-family=\"sans-serif\"", "");
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"{stem}-title {stem}-desc\" class=\"diagram\">\n\
         <title id=\"{stem}-title\">{title}</title>\n\
         <desc id=\"{stem}-desc\">The run that drew this names its figures \
         in its output.</desc>{drawing}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_as_few_digits_as_tell_it() {
        let numbers = [1234567.8, 123.4, 12.34, 12.0, 0.5, 0.0];
        assert_eq!(
            numbers.map(number),
            ["1,234,568", "123", "12.3", "12", "0.5", "0"]
        );
    }
}
