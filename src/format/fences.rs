//! Code between fences (CommonMark 0.31, 4.5), which whoever mends a source leaves alone.

/// The fences of code that are open.
#[derive(Debug, Default)]
pub struct Fences(Option<&'static str>);

impl Fences {
    /// Takes the next line; whether it is code, or a fence.
    pub fn pass(&mut self, line: &str) -> bool {
        let bare = line.trim_start();
        match self.0 {
            Some(mark) => {
                if bare.starts_with(mark) {
                    self.0 = None;
                }
                true
            }
            None => {
                self.0 = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
                self.0.is_some()
            }
        }
    }
}
