# The commands of the project; `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test build install lint format bench docs static check clean

# The C kernels are slow without optimisation, so everything, tests too, is built for release.
SWIFT_FLAGS := -c release
# Nothing needs @testable, and without it tests and demo share one build.
TEST_FLAGS := --disable-xctest --disable-testable-imports

# A static binary takes the system's libraries from their .a files: these are what libarchive needs in turn.
STATIC_FLAGS := -Xswiftc -static-executable -Xlinker -s \
  $(foreach library,nettle lzma zstd bz2 z,-Xlinker -l$(library))

# What users import; the tool's own targets are left out.
DOCUMENTED := Hebb $(addprefix Hebb,Arrays Autograd Layers Data Training Models Files OCR Typesetting)

help: ## lists the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## trains a LeNet on Fashion-MNIST and shows what it learnt
	@Scripts/demo

test: ## runs all tests
	@Scripts/needs build
	swift test $(SWIFT_FLAGS) $(TEST_FLAGS)

build: ## builds the library and the hebb command
	@Scripts/needs build
	swift build $(SWIFT_FLAGS)

PREFIX ?= /usr/local

install: build ## puts hebb into PREFIX/bin (PREFIX=/usr/local)
	install -D -m 755 "$$(swift build $(SWIFT_FLAGS) --show-bin-path)/hebb" "$(DESTDIR)$(PREFIX)/bin/hebb"

lint: ## checks format, file lengths and words
	@Scripts/lint

format: ## formats all Swift files
	swift format --in-place --recursive Package.swift Sources Tests

bench: ## compares the speed with PyTorch's on this machine
	@Scripts/needs build bench
	Benchmarks/compare

docs: ## writes the documentation into .build-docs/site
	HEBB_DOCS=1 swift package --scratch-path .build-docs --allow-writing-to-directory .build-docs/site \
	  generate-documentation --enable-experimental-combined-documentation $(addprefix --target ,$(DOCUMENTED)) \
	  --output-path .build-docs/site --transform-for-static-hosting

static: ## builds .build-static/release/hebb, which runs without Swift and without other libraries
	@Scripts/needs build static
	HEBB_STATIC=1 swift build $(SWIFT_FLAGS) --scratch-path .build-static --product hebb $(STATIC_FLAGS)

check: lint test ## the longer checks too: same bits everywhere, static binary, use as a package
	Scripts/same-bits
	Scripts/check-neon
	Scripts/check-static
	Scripts/check-package

clean: ## removes everything that was built
	rm -rf .build .build-static .build-docs
