//! The built program in a real pseudo-terminal, with a home of its own; what it writes goes to a
//! terminal emulator, and its questions are answered as a terminal does.
#![allow(dead_code, reason = "each target uses its own part")]

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{
    ChildKiller, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system,
};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// How long anything may take before a test fails; far more than it takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A home directory of its own, for one reader or several after one another.
pub struct Home {
    dir: TempDir,
}

impl Home {
    /// An empty one.
    pub fn new() -> Self {
        Self { dir: TempDir::new().expect("a directory") }
    }

    /// Writes a file into it.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("directories");
        std::fs::write(&path, text).expect("a file");
        path
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    fn environment(&self) -> Vec<(&'static str, PathBuf)> {
        let home = self.dir.path();
        vec![
            ("HOME", home.into()),
            ("XDG_CONFIG_HOME", home.join("config")),
            ("XDG_DATA_HOME", home.join("data")),
            ("XDG_STATE_HOME", home.join("state")),
            ("XDG_CACHE_HOME", home.join("cache")),
            ("XDG_RUNTIME_DIR", home.join("run")),
        ]
    }

    /// The program without a terminal, for its output.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).env_clear().envs(self.environment());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("LANG", "zh_CN.UTF-8").stdin(Stdio::null());
        command
    }

    /// The program in a terminal of 80 × 24.
    pub fn open<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Session {
        self.session(arguments).start()
    }

    /// The same, not begun yet.
    pub fn session<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Start {
        let mut argv = vec![program().into()];
        argv.extend(arguments.iter().map(|argument| argument.as_ref().to_owned()));
        self.start(argv)
    }

    /// A shell in a terminal; `$FANGTAN` is the program.
    pub fn shell<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Start {
        let mut argv = vec!["/bin/sh".into()];
        argv.extend(arguments.iter().map(|argument| argument.as_ref().to_owned()));
        self.start(argv)
    }

    fn start(&self, argv: Vec<std::ffi::OsString>) -> Start {
        let mut command = CommandBuilder::from_argv(argv);
        command.env_clear();
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("LANG", "zh_CN.UTF-8");
        command.env("FANGTAN", program());
        command.cwd(self.dir.path());
        Start { command, columns: 80, rows: 24, manners: Manners::Answering }
    }
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_fangtan")
}

/// Whether the terminal answers questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manners {
    /// Yes.
    Answering,
    /// Yes, as one that draws “ two cells wide.
    Wide,
    /// Where the cursor is it says wrong.
    Garbled,
    /// Never.
    Mute,
}

/// A session that is not begun yet.
pub struct Start {
    command: CommandBuilder,
    columns: u16,
    rows: u16,
    manners: Manners,
}

impl Start {
    /// In a terminal of this size, in cells.
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// With this in the environment.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// In a terminal that answers nothing.
    pub fn mute(self) -> Self {
        self.manners(Manners::Mute)
    }

    /// In a terminal of these manners.
    pub fn manners(mut self, manners: Manners) -> Self {
        self.manners = manners;
        self
    }

    /// Begins.
    pub fn start(self) -> Session {
        let size = pty_size(self.columns, self.rows);
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let before = format!("{:?}", pair.master.get_termios());
        let mut child = pair.slave.spawn_command(self.command).expect("the program starts");
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = Arc::new(Mutex::new(Some(pair.master.take_writer().expect("a writer"))));
        let seen = Arc::new((Mutex::new(Seen::new(self.columns, self.rows)), Condvar::new()));
        let (pid, killer) = (child.process_id(), child.clone_killer());
        thread::spawn({
            let (seen, writer, manners) = (Arc::clone(&seen), Arc::clone(&writer), self.manners);
            move || show(reader, &seen, &writer, manners)
        });
        thread::spawn({
            let seen = Arc::clone(&seen);
            move || {
                let status = child.wait().expect("a status");
                seen.0.lock().unwrap().status = Some(status);
                seen.1.notify_all();
            }
        });
        let pid = pid.and_then(|pid| Pid::from_raw(pid as i32)).expect("a process");
        Session { master: Some(pair.master), writer, seen, pid, killer, before }
    }
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// What the terminal got so far.
pub struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// Bytes that were looked at for questions.
    scanned: usize,
    /// Bytes that the emulator has had.
    shown: usize,
    closing: bool,
    ended: bool,
    status: Option<ExitStatus>,
}

impl Seen {
    fn new(columns: u16, rows: u16) -> Self {
        let cells = |count: u16| NonZeroU16::new(count).unwrap_or(NonZeroU16::MIN);
        Self {
            parser: vt100::Parser::new(cells(rows), cells(columns), 0),
            raw: Vec::new(),
            scanned: 0,
            shown: 0,
            closing: false,
            ended: false,
            status: None,
        }
    }

    /// The emulator's state.
    pub fn terminal(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The rows of the screen, without blanks at their ends.
    pub fn rows(&self) -> Vec<String> {
        let (_, columns) = self.terminal().size();
        self.terminal().rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect()
    }

    /// Whether the screen shows `text` in one row.
    pub fn shows(&self, text: &str) -> bool {
        self.rows().iter().any(|row| row.contains(text))
    }

    /// The first column (from 0) that has `symbol` in any row.
    pub fn column_of(&self, symbol: &str) -> Option<usize> {
        let (rows, columns) = self.terminal().size();
        let has = |column: u16| {
            (0..rows.get()).any(|row| {
                self.terminal().cell(row, column).is_some_and(|cell| cell.contents() == symbol)
            })
        };
        (0..columns.get()).find(|&column| has(column)).map(usize::from)
    }

    /// Every byte the program wrote.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Whether alternate screen, hidden cursor, mouse and paste modes are all off.
    pub fn is_restored(&self) -> bool {
        let screen = self.terminal();
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }

    /// How the program ended, if it has.
    pub fn ended_by(&self) -> Option<&ExitStatus> {
        self.status.as_ref()
    }

    /// Shows what was written, and says what a terminal answers to it.
    fn take(&mut self, written: &[u8], manners: Manners) -> Vec<u8> {
        const CURSOR: &[u8] = b"\x1b[6n";
        let mut answers = Vec::new();
        self.raw.extend_from_slice(written);
        let mut at = self.scanned;
        while at < self.raw.len() {
            let rest = &self.raw[at..];
            let known: [(&[u8], &[u8]); 4] = [
                (b"\x1b[c", b"\x1b[?62;22c"),
                (b"\x1b]11;?\x07", b"\x1b]11;rgb:0000/0000/0000\x07"),
                (b"\x1b]11;?\x1b\\", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
                (CURSOR, b""),
            ];
            if let Some((question, answer)) =
                known.iter().find(|(question, _)| rest.starts_with(question))
            {
                answers.extend_from_slice(answer);
                at += question.len();
                self.show(at);
                if *question == CURSOR {
                    let (row, column) = self.terminal().cursor_position();
                    let wide = manners == Manners::Wide
                        && self.raw[..at - question.len()].ends_with("“".as_bytes());
                    let column = column + 1 + u16::from(wide);
                    answers.extend(match manners {
                        Manners::Garbled => b"\x1b[0;0R\x1b[;9999999R".to_vec(),
                        _ => format!("\x1b[{};{column}R", row + 1).into_bytes(),
                    });
                }
            } else if known.iter().any(|(question, _)| question.starts_with(rest)) {
                break;
            } else {
                at += 1;
            }
        }
        self.scanned = at;
        self.show(self.raw.len());
        answers
    }

    /// Gives the emulator what it has not had of the bytes before `end`.
    fn show(&mut self, end: usize) {
        self.parser.process(&self.raw[self.shown..end]);
        self.shown = end;
    }
}

type Writer = Arc<Mutex<Option<Box<dyn Write + Send>>>>;

fn show(
    mut reader: Box<dyn Read + Send>,
    seen: &(Mutex<Seen>, Condvar),
    writer: &Writer,
    manners: Manners,
) {
    let mut buffer = [0; 65_536];
    loop {
        let count = reader.read(&mut buffer).unwrap_or(0);
        let mut now = seen.0.lock().unwrap();
        if count == 0 || now.closing {
            now.ended = true;
            seen.1.notify_all();
            return;
        }
        let answers = now.take(&buffer[..count], manners);
        drop(now);
        seen.1.notify_all();
        if manners != Manners::Mute
            && let Some(writer) = writer.lock().unwrap().as_mut()
        {
            let _ = writer.write_all(&answers);
        }
    }
}

/// A program in a terminal.
pub struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Writer,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    pid: Pid,
    killer: Box<dyn ChildKiller + Send + Sync>,
    before: String,
}

impl Session {
    /// Sends keys as they are.
    pub fn press(&self, keys: impl AsRef<[u8]>) {
        let mut writer = self.writer.lock().unwrap();
        let writer = writer.as_mut().expect("the terminal is open");
        writer.write_all(keys.as_ref()).expect("the program's terminal takes keys");
    }

    /// Waits until `condition` holds.
    ///
    /// # Panics
    /// When it takes too long; the screen is in the message.
    #[track_caller]
    pub fn wait_for(&self, what: &str, condition: impl Fn(&Seen) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut seen = self.seen();
        while !condition(&seen) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                panic!("no {what} on this screen:\n{}", seen.rows().join("\n"));
            }
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// Waits until the screen shows `text` in one row.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |seen| seen.shows(text));
    }

    /// What the terminal got so far.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    /// The rows of the screen.
    pub fn screen(&self) -> Vec<String> {
        self.seen().rows()
    }

    /// Changes the terminal's size, in cells.
    pub fn resize(&self, columns: u16, rows: u16) {
        // The emulator would hold all 65,535 × 65,535 cells.
        let cells = |count: u16| NonZeroU16::new(count.min(600)).unwrap_or(NonZeroU16::MIN);
        self.seen().parser.screen_mut().set_size(cells(rows), cells(columns));
        let master = self.master.as_ref().expect("the terminal is open");
        master.resize(pty_size(columns, rows)).expect("a size");
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the program runs");
    }

    /// The number of its process.
    pub fn pid(&self) -> Pid {
        self.pid
    }

    /// Closes the terminal, as a window that is closed.
    pub fn hang_up(&mut self) {
        // The thread that reads holds it, too: it lets go when the next bytes come.
        self.seen().closing = true;
        self.resize(61, 17);
        self.wait_for("last bytes", |seen| seen.ended);
        *self.writer.lock().unwrap() = None;
        self.master = None;
    }

    /// Waits until the program has ended and all it wrote is there.
    #[track_caller]
    pub fn wait_exit(&self) -> ExitStatus {
        self.wait_for("end", |seen| seen.ended && seen.status.is_some());
        self.seen().status.clone().expect("waited for")
    }

    /// Whether the line discipline's settings are what they were before the program began.
    pub fn has_old_modes(&self) -> bool {
        let master = self.master.as_ref().expect("the terminal is open");
        format!("{:?}", master.get_termios()) == self.before
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.killer.kill();
    }
}
