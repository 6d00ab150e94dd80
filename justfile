# Open the guide, or a file: `just run talk.md`
run *args:
    cargo run --release -- {{args}}

# Run every test
test:
    cargo test

# What must hold before a change goes in
ci:
    .ci/run

# Measure opening, scrolling, resizing and searching
bench:
    cargo bench

# Write the golden screens anew; read the difference before you commit it
screens:
    INSTA_UPDATE=always cargo test
