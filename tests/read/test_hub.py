from __future__ import annotations

import sys
from types import ModuleType

import pytest

from negaudit.errors import InputError
from negaudit.read import blocks, discover
from negaudit.read.hub import HubName, hub_name

from .reading import read


@pytest.fixture
def calls(monkeypatch):
    """Stands in for the datasets library: records how it is called, gives rows without network."""
    made: list[tuple[tuple[object, ...], dict[str, object]]] = []

    def load_dataset(*args, **options):
        made.append((args, options))
        if args[0] == "owner/private":
            raise FileNotFoundError("no such data set")
        rows = [{"text": "one"}, {"text": "two"}]
        return rows if options["split"] else {"train": rows, "test": [{"text": "three"}]}

    module = ModuleType("datasets")
    module.load_dataset = load_dataset
    monkeypatch.setitem(sys.modules, "datasets", module)
    return made


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("hf://o/n", HubName("o/n", None, None)),
        ("hf://o/n:train", HubName("o/n", None, "train")),
        ("hf://o/n.x/config-1:train[:10%]", HubName("o/n.x", "config-1", "train[:10%]")),
    ],
)
def test_a_hub_id_names_a_data_set_a_configuration_and_a_split(path, name):
    assert hub_name(path) == name


def test_a_split_is_streamed_and_no_code_is_trusted(calls):
    assert [record for _, _, record, _ in read("hf://o/n/c:train")] == [
        {"text": "one"},
        {"text": "two"},
    ]
    assert calls == [
        (("o/n", "c"), {"split": "train", "streaming": True, "trust_remote_code": False})
    ]


def test_without_a_split_all_are_read_with_rows_that_go_on(calls):
    found = [(row, record["text"]) for row, _, record, _ in read("hf://o/n")]
    assert found == [(0, "one"), (1, "two"), (2, "three")]


def test_nothing_is_fetched_before_blocks_are_wanted(calls):
    [source] = discover(["hf://o/n"])
    blocks(source)
    assert calls == []


def test_a_data_set_that_cannot_be_fetched_is_an_input_error(calls):
    with pytest.raises(InputError, match="no such data set") as caught:
        read("hf://owner/private")
    assert caught.value.where == "hf://owner/private"


def test_without_the_library_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(InputError) as caught:
        read("hf://o/n")
    assert caught.value.hint == "pip install 'negaudit[hub]'"
