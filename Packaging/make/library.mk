# A library of pieces with make, one target a preset; what is newer than its preset is left alone:
#     make -f Packaging/make/library.mk -j4 PRESETS=Presets OUT=renders FORMAT=flac
PRESETS ?= Presets
OUT ?= renders
FORMAT ?= flac
OPTIONS ?=
pieces := $(patsubst $(PRESETS)/%.yaml,$(OUT)/%.$(FORMAT),$(wildcard $(PRESETS)/*.yaml))

.PHONY: all
all: $(pieces)

# The file appears under its name only when it is whole, so that an end at any time leaves nothing to clean.
$(OUT)/%.$(FORMAT): $(PRESETS)/%.yaml | $(OUT)
	beachpiano render --preset $< --force --quiet $(OPTIONS) $@

$(OUT):
	mkdir -p $@
