//! stub
/// s
#[derive(Clone, Debug)]
pub struct Settings {
    /** */
    pub measure: u16,
    /** */
    pub speakers: bool,
    /** */
    pub mouse: bool,
    /** */
    pub characters_per_minute: u32,
    /** */
    pub words_per_minute: u32,
}
/// r
#[derive(Clone, Copy, Debug)]
pub struct Rgb(/** */ pub u8, /** */ pub u8, /** */ pub u8);
/// d
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /** */
    None,
    /** */
    True,
}
/// c
pub enum Colour {
    /** */
    Default,
    /** */
    Ansi(u8),
    /** */
    Indexed(u8),
    /** */
    Rgb(Rgb),
}
impl Depth {
    /** */
    pub fn lower(self, rgb: Rgb) -> Colour {
        Colour::Rgb(rgb)
    }
}
/// t
#[derive(Clone, Debug)]
pub struct Theme {
    /** */
    pub name: String,
    /** */
    pub speakers: Vec<Rgb>,
    /** */
    pub dim: Rgb,
    /** */
    pub heading: Rgb,
    /** */
    pub link: Rgb,
    /** */
    pub code: Rgb,
    /** */
    pub quote: Rgb,
    /** */
    pub border: Rgb,
    /** */
    pub hit: Rgb,
    /** */
    pub hit_text: Rgb,
    /** */
    pub hit_current: Rgb,
    /** */
    pub mark: Rgb,
    /** */
    pub flash: Rgb,
    /** */
    pub flash_text: Rgb,
    /** */
    pub notice: Rgb,
    /** */
    pub warning: Rgb,
    /** */
    pub accent: Rgb,
}
