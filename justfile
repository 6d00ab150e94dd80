# Open the guide, or a file: `just run talk.md`
run *args:
    cargo run --release -- {{args}}

# Run every test
test:
    cargo test

# What must hold before a change goes in
ci:
    .ci/run

# Measure opening, scrolling, resizing and searching, and every format's speed and memory
bench:
    cargo bench

# Print how often bookmarks are found again after what changes; FANGTAN_ARTICLES=folder for other articles
anchors:
    cargo test --release --test anchors -- --ignored --nocapture

# The long forms of what the bookmarks must outlive: every failing call, 500 sudden ends, 3 × 4,000 adds
marks-long:
    FANGTAN_LONG=1 cargo test --no-fail-fast --test marks_faults --test marks_damage --test marks_merge -- --nocapture

# Write the golden screens anew; read the difference before you commit it
screens:
    INSTA_UPDATE=always cargo test

# Feed a format broken input, after `cargo install cargo-fuzz`: `just fuzz html 60`; targets are in fuzz/
fuzz target seconds="60":
    mkdir -p fuzz/corpus/{{target}}
    RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none {{target}} fuzz/corpus/{{target}} fuzz/seeds/{{target}} -- -max_total_time={{seconds}} -timeout=10 -max_len=65536
