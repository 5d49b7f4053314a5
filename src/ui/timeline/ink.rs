//! Many small areas and lines as one mesh.
//!
//! A chart has thousands of them. Given to the painter one by one each is a path that is made,
//! clipped and cut into triangles anew in every frame; here a line costs a handful of corners.

use egui::emath::GuiRounding as _;
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rect, Vec2, pos2, vec2};

/// Shapes in the order they lie on one another. Sizes in points.
pub(super) struct Ink {
    mesh: Mesh,
    pixels_per_point: f32,
}

impl Ink {
    /// For what is shown by `painter`.
    pub(super) fn new(painter: &Painter) -> Self {
        Self {
            mesh: Mesh::default(),
            pixels_per_point: painter.ctx().pixels_per_point(),
        }
    }

    /// Shows all of it.
    pub(super) fn paint(self, painter: &Painter) {
        if !self.mesh.is_empty() {
            painter.add(self.mesh);
        }
    }

    /// An area, its edges on those of pixels.
    pub(super) fn fill(&mut self, rect: Rect, color: Color32) {
        let rect = rect.round_to_pixels(self.pixels_per_point);
        if rect.is_positive() {
            self.mesh.add_colored_rect(rect, color);
        }
    }

    /// The outermost points of an area.
    pub(super) fn outline(&mut self, rect: Rect, width: f32, color: Color32) {
        let rect = rect.round_to_pixels(self.pixels_per_point);
        let inner = rect.shrink(width);
        if !inner.is_positive() {
            self.fill(rect, color);
            return;
        }
        let (whole, hole) = (rect, inner);
        for side in [
            Rect::from_min_max(whole.min, pos2(whole.right(), hole.top())),
            Rect::from_min_max(pos2(whole.left(), hole.bottom()), whole.max),
            Rect::from_min_max(pos2(whole.left(), hole.top()), hole.left_bottom()),
            Rect::from_min_max(hole.right_top(), pos2(whole.right(), hole.bottom())),
        ] {
            self.fill(side, color);
        }
    }

    /// The same, interrupted: `dash` long, then `gap` free.
    pub(super) fn dashed_outline(&mut self, rect: Rect, color: Color32, dash: f32, gap: f32) {
        let rect = rect.round_to_pixels(self.pixels_per_point).shrink(0.5);
        let corners = [
            rect.left_top(),
            rect.right_top(),
            rect.right_bottom(),
            rect.left_bottom(),
            rect.left_top(),
        ];
        for edge in corners.windows(2) {
            let &[from, to] = edge else { continue };
            let length = from.distance(to);
            let along = (to - from) / length.max(f32::EPSILON);
            let mut at = 0.0;
            while at < length {
                let end = (at + dash).min(length);
                self.line([from + along * at, from + along * end], 1.0, color);
                at += dash + gap;
            }
        }
    }

    /// A straight line. Level and upright ones lie on pixels, others have soft edges.
    pub(super) fn line(&mut self, [a, b]: [Pos2; 2], width: f32, color: Color32) {
        let along = b - a;
        if along.x == 0.0 || along.y == 0.0 {
            let across = if along.x == 0.0 {
                vec2(width / 2.0, 0.0)
            } else {
                vec2(0.0, width / 2.0)
            };
            let thin = Rect::from_two_pos(a, b).expand2(across);
            let min = thin.min.round_to_pixels(self.pixels_per_point);
            let size = thin.size().round_to_pixels(self.pixels_per_point);
            let pixel = Vec2::splat(1.0 / self.pixels_per_point);
            self.fill(Rect::from_min_size(min, size.max(pixel)), color);
            return;
        }
        // Fades to nothing over the width of a pixel; a line thinner than that is paler.
        let soft = 1.0 / self.pixels_per_point;
        let color = color.gamma_multiply((width / soft).min(1.0));
        let across = along.normalized().rot90();
        let (full, none) = (
            (width - soft).max(0.0) / 2.0,
            f32::midpoint(width.max(soft), soft),
        );
        let first = self.corners();
        for end in [a, b] {
            for (off, color) in [
                (-none, Color32::TRANSPARENT),
                (-full, color),
                (full, color),
                (none, Color32::TRANSPARENT),
            ] {
                self.mesh.vertices.push(Vertex {
                    pos: end + across * off,
                    uv: WHITE_UV,
                    color,
                });
            }
        }
        for strip in 0..3 {
            let at = first + strip;
            self.mesh.add_triangle(at, at + 1, at + 4);
            self.mesh.add_triangle(at + 1, at + 4, at + 5);
        }
    }

    fn corners(&self) -> u32 {
        u32::try_from(self.mesh.vertices.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAINT: Color32 = Color32::RED;

    fn ink(pixels_per_point: f32) -> Ink {
        Ink {
            mesh: Mesh::default(),
            pixels_per_point,
        }
    }

    /// The area under the triangles, each as opaque as its corners are on average.
    fn painted(ink: &Ink) -> f32 {
        let vertex = |index: u32| ink.mesh.vertices[index as usize];
        let triangles = ink.mesh.triangles().map(|corners| {
            let [a, b, c] = corners.map(vertex);
            let (ab, ac) = (b.pos - a.pos, c.pos - a.pos);
            let opaque = [a, b, c].map(|v| f32::from(v.color.a()) / 255.0);
            (ab.x * ac.y - ab.y * ac.x).abs() / 2.0 * opaque.iter().sum::<f32>() / 3.0
        });
        triangles.sum()
    }

    #[track_caller]
    fn assert_near(is: f32, should: f32) {
        assert!(
            (is - should).abs() < 0.02 * should.max(1.0),
            "{is} for {should}"
        );
    }

    #[test]
    fn a_line_has_as_much_ink_as_its_length_and_width() {
        for pixels_per_point in [1.0, 1.25, 2.0] {
            for width in [1.0, 1.5, 2.0] {
                let mut slant = ink(pixels_per_point);
                slant.line([pos2(3.0, 4.0), pos2(33.0, 44.0)], width, PAINT);
                assert_near(painted(&slant), 50.0 * width);
                assert!(slant.mesh.is_valid());
            }
            let mut level = ink(pixels_per_point);
            level.line([pos2(3.0, 4.5), pos2(43.0, 4.5)], 2.0, PAINT);
            let pixel = 1.0 / pixels_per_point;
            assert!((painted(&level) - 80.0).abs() <= 42.0 * pixel);
        }
    }

    #[test]
    fn level_and_upright_lines_are_never_less_than_a_pixel() {
        for (a, b) in [((2.3, 7.1), (19.0, 7.1)), ((5.6, 1.0), (5.6, 30.2))] {
            let mut thin = ink(1.0);
            thin.line([a.into(), b.into()], 0.2, PAINT);
            let bounds = thin.mesh.calc_bounds();
            assert!(bounds.width().min(bounds.height()) >= 1.0, "{bounds:?}");
            assert_eq!(bounds, bounds.round_to_pixels(1.0));
        }
    }

    #[test]
    fn an_outline_is_inside_its_area_and_leaves_the_middle_free() {
        let area = Rect::from_min_max(pos2(10.0, 20.0), pos2(30.0, 50.0));
        let mut solid = ink(1.0);
        solid.outline(area, 1.0, PAINT);
        assert_eq!(solid.mesh.calc_bounds(), area);
        assert_near(painted(&solid), 2.0 * 20.0 + 2.0 * 28.0);
        let mut dashed = ink(1.0);
        dashed.dashed_outline(area, PAINT, 3.0, 2.0);
        assert_eq!(dashed.mesh.calc_bounds(), area);
        let share = painted(&dashed) / painted(&solid);
        assert!((0.5..0.75).contains(&share), "{share}");
        // One too small to have a middle is filled.
        let mut sliver = ink(1.0);
        sliver.outline(
            Rect::from_min_max(pos2(0.0, 0.0), pos2(9.0, 2.0)),
            1.0,
            PAINT,
        );
        assert_near(painted(&sliver), 18.0);
    }

    #[test]
    fn nothing_is_shown_of_an_area_without_room() {
        let mut none = ink(1.0);
        none.fill(Rect::from_min_max(pos2(5.0, 5.0), pos2(5.2, 9.0)), PAINT);
        assert!(none.mesh.is_empty());
    }
}
