import pytest

from srat_tool.base.architecture import AARCH64
from srat_tool.base.errors import SourceError
from srat_tool.base.units import GIB, MIB, PAGE_SIZE
from srat_tool.kernel.bootopts import (
    Param,
    append,
    memparse,
    parse,
    simple_strtoull,
    split,
    without_movable_options,
)
from srat_tool.kernel.profiles import profile_for

NEW, OLD = profile_for("6.1"), profile_for("3.10")
SERIES = profile_for("acpi2013")


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("3g", 3 * GIB, ""),
        ("0x80000000", 2 * GIB, ""),
        ("0200000000", 32 * MIB, ""),
        ("1.5G", 1, ".5G"),
        ("1Gjunk", GIB, "junk"),
        ("-1G", 0, "-1G"),
        ("+3G", 0, "+3G"),
        ("", 0, ""),
        ("0x", 0, "x"),
        ("18446744073709551615", (1 << 64) - 1, ""),
        ("18446744073709551617", 1, ""),
        ("1T", 1 << 40, ""),
        ("1" + "0" * 5000 + "7k", 7 << 10, ""),
        ("0x" + "f" * 5001, (1 << 64) - 1, ""),
    ],
)
def test_memparse(text: str, value: int, rest: str) -> None:
    """One number in C's bases, one suffix, modulo 2^64; what is left comes back."""
    assert memparse(text) == (value, rest)


def test_memparse_of_3_10_knows_three_suffixes() -> None:
    """T, P and E came later: `1T` is one byte."""
    assert memparse("1T", OLD.memparse_suffixes) == (1, "T")
    assert memparse("1G", OLD.memparse_suffixes) == (GIB, "")


def test_octal_stops_at_an_eight() -> None:
    """A leading zero means octal."""
    assert simple_strtoull("0178") == (15, "8")


def test_split_folds_dashes_keeps_quotes_and_stops_at_two_dashes() -> None:
    """Names have underscores, quoted values may hold blanks, init's words are not the kernel's."""
    params = split('movable-node dyndbg="file a.c +p" "x=y z" -- movablecore=1G')
    assert params == (
        Param("movable_node", None),
        Param("dyndbg", "file a.c +p"),
        Param("x", "y z"),
    )


@pytest.mark.parametrize(
    "word", ["movable_node", "movable-node", "movable_node=0", "movable_node=off"]
)
def test_every_spelling_of_movable_node_switches_it_on(word: str) -> None:
    """The value is not looked at."""
    assert parse(word, NEW).movable_node


@pytest.mark.parametrize("word", ["Movable_Node", "movable_nodes", "movable-core=1G"])
def test_near_misses_are_unknown(word: str) -> None:
    """Names count letter by letter."""
    options = parse(word, NEW)
    assert not options.movable_node
    assert not options.movablecore


def test_options_go_before_what_is_for_init() -> None:
    """After `--` the kernel would not parse them."""
    assert append("quiet -- --verbose", ["movable_node"]) == "quiet movable_node -- --verbose"
    assert append("quiet--x", ["a", "b"]) == "quiet--x a b"
    assert append("", []) == ""


def test_an_old_kernel_ignores_movable_node() -> None:
    """And the kernel prints it."""
    options = parse("movable_node", OLD)
    assert not options.movable_node
    assert options.ignored[0].option == "movable_node"


def test_the_last_size_wins_and_cancels_a_percentage() -> None:
    """A percentage leaves the size alone, a size resets the percentage."""
    options = parse("kernelcore=1G kernelcore=30% movablecore=50% movablecore=2G", NEW)
    assert options.kernelcore == GIB >> 12
    assert options.kernelcore_percent == 30
    assert options.movablecore == 2 * GIB >> 12
    assert options.movablecore_percent == 0


def test_percentages_count_in_any_base() -> None:
    """`0x30%` is 48 percent; junk after the sign is ignored."""
    assert parse("movablecore=0x30%", NEW).movablecore_percent == 48
    assert parse("movablecore=50%x", NEW).movablecore_percent == 50
    assert parse("movablecore=50%", OLD).movablecore_percent == 0


@pytest.mark.parametrize("value", ["mirror", "2G,mirror", "mirror,2G"])
def test_mirror_is_a_word_of_a_list(value: str) -> None:
    """And leaves the size alone."""
    assert parse(f"kernelcore={value}", NEW).mirror
    assert not parse(f"kernelcore={value}", OLD).mirror


def test_movablecore_acpi_is_a_size_of_zero_to_mainline() -> None:
    """It cancels an earlier size; the kernel prints nothing, the plan reports it."""
    options = parse("movablecore=2G movablecore=acpi", NEW)
    assert options.movablecore == 0
    assert "no released kernel" in options.ignored[0].why


def test_a_size_before_the_switch_is_stored_and_one_behind_it_is_not() -> None:
    """The switch of the 2013 series stops the parsing of sizes that follow it."""
    before = parse("movablecore=2G movablecore=acpi", SERIES)
    assert (before.movablecore_acpi, before.movablecore) == (True, 2 * GIB // PAGE_SIZE)
    behind = parse("movablecore=acpi movablecore=2G kernelcore=1G", SERIES)
    assert (behind.movablecore_acpi, behind.movablecore) == (True, 0)
    assert behind.kernelcore == GIB // PAGE_SIZE


@pytest.mark.parametrize("word", ["=ACPI", "=acpi,", '=" acpi"', "=acpi2", ""])
def test_only_the_exact_word_switches(word: str) -> None:
    """The comparison is strcmp: case matters, and so does everything after the word."""
    assert not parse(f"movablecore{word}", SERIES).movablecore_acpi


def test_numa_is_matched_by_prefix() -> None:
    """`numa=offline` turns NUMA off as well."""
    assert parse("numa=offline", NEW).numa == {"off"}
    assert parse("numa=noacpi", NEW).numa == {"noacpi"}
    assert parse("numa", NEW).ignored
    assert parse("acpi=off", NEW).acpi_off


def test_any_option_can_be_looked_up() -> None:
    """The last occurrence counts."""
    options = parse("nokaslr a=1 a=2", NEW)
    assert options.has("nokaslr")
    assert options.last("a") == "2"
    assert options.last("b") is None


def test_arm64_knows_less_of_numa() -> None:
    """Only `off`; `fake=` came with 6.12, and `nohmat` has nothing to do with nodes."""
    arm = profile_for("6.1", AARCH64)
    assert parse("numa=off", arm).numa == {"off"}
    for value in ("numa=noacpi", "numa=fake=2"):
        options = parse(value, arm)
        assert not options.numa
        assert options.fake_nodes is None
        assert [unused.option for unused in options.ignored] == [value]
    assert parse("numa=fake=2", profile_for("6.12", AARCH64)).fake_nodes == "2"
    assert parse("numa=nohmat", NEW).ignored == ()


def test_a_command_line_that_no_kernel_copies_is_refused() -> None:
    """Words that are ignored cost more the more there are: the length has a bound."""
    longest = "numa=x " * 9362
    assert len(parse(longest, NEW).ignored) == 9362
    with pytest.raises(SourceError, match="command line is too long, got 65541 characters"):
        parse(longest + "numa=x ", NEW)


def test_words_without_the_choice_of_zone_movable() -> None:
    """Its options are left out, the others stay in order and can be split again."""
    words = split('quiet movable-node "a=b c" kernelcore=1G movablecore=acpi mem=4G')
    left = without_movable_options(words)
    assert left == ("quiet", '"a=b c"', "mem=4G")
    assert split(" ".join(left)) == (Param("quiet", None), Param("a", "b c"), Param("mem", "4G"))
