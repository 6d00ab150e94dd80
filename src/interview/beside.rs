//! Lines in a row with fields that are fields as well, whatever their names: `采访：某某` above
//! `时间：某日`. They stay text, for they may say who takes part; but nobody speaks there.

use std::collections::HashSet;

use super::Role;
use super::front::is_like;
use crate::prose::{BlockId, Kind, Prose};

/// How many blocks from the beginning are looked at.
const REACH: usize = 24;
/// The longest of them, in characters.
const LONGEST: usize = 40;

/// The blocks right above or below a field, or one of their own, that look like it and whose names
/// begin no other block.
pub fn beside(prose: &Prose, roles: &[Role]) -> HashSet<BlockId> {
    let blocks = &prose.blocks()[..prose.blocks().len().min(REACH)];
    let text = |at: usize| prose.slice(prose.content(BlockId(at as u32)));
    let like = |at: usize| {
        roles[at] == Role::Text
            && blocks[at].kind == Kind::Paragraph
            && blocks[at].depth == 0
            && text(at).chars().nth(LONGEST).is_none()
            && !text(at).contains(['。', '？', '?', '！', '!', '\n'])
            && is_like(text(at))
            && !speaks(prose, text(at))
    };
    let mut out = HashSet::new();
    let mut row = Vec::new();
    let mut fields = 0;
    for at in 0..=blocks.len() {
        let goes_on = at > 0 && at < blocks.len() && blocks[at].line == blocks[at - 1].line + 1;
        if !goes_on {
            if fields > 0 {
                out.extend(row.iter().copied());
            }
            row.clear();
            fields = 0;
        }
        if at == blocks.len() {
            break;
        }
        if roles[at] == Role::Field {
            fields += 1;
        } else if like(at) {
            row.push(BlockId(at as u32));
        } else {
            row.clear();
            fields = 0;
        }
    }
    out
}

/// Whether the name that begins a line begins another block, with or without its colon.
fn speaks(prose: &Prose, line: &str) -> bool {
    let Some((name, _)) = line.split_once([':', '：']) else { return true };
    let name = name.trim();
    let begins = |text: &str| {
        let rest = text.strip_prefix(name);
        rest.is_some_and(|rest| {
            rest.trim().is_empty() || rest.trim_start().starts_with([':', '：'])
        })
    };
    let mut named = prose.blocks().iter().filter(|block| begins(prose.slice(block.span.clone())));
    named.nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::front;

    #[test]
    fn a_line_above_a_field_is_no_turn() {
        for (text, want) in [
            ("# 题\n\n**采访：** 杜若\n**时间：** 惊蛰\n\n正文\n", 1),
            ("# 题\n\n时间：惊蛰\n采访：杜若\n\n正文\n", 1),
            // A paragraph of its own.
            ("# 题\n\n时间：惊蛰\n\n记者：好\n", 0),
            // They speak.
            ("# 题\n\n时间：惊蛰\n记者：好\n\n记者：再见\n", 0),
        ] {
            let document = crate::format::markdown::read(text);
            let mut prose = document.prose;
            prose.split(&front::cuts(&prose));
            let mut roles = vec![Role::Text; prose.blocks().len()];
            front::front(&prose, &document.fields, &mut roles);
            assert_eq!(beside(&prose, &roles).len(), want, "{text}");
        }
    }
}
