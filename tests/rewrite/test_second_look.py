from __future__ import annotations

from collections.abc import Callable

import pytest

from negaudit.rewrite.doubt import is_suspect
from negaudit.rewrite.tree import Sentence

Negated = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Contemporary accounts credit Ørsted with it.",
            "Contemporary accounts do not credit Ørsted with it.",
        ),
        (
            "Doctors Without Borders runs the hospital.",
            "Doctors Without Borders does not run the hospital.",
        ),
        ("Cave paintings date from 900 BC.", "Cave paintings do not date from 900 BC."),
        ("Heat beat Spurs in seven games.", "Heat did not beat Spurs in seven games."),
        ("Photos show that the dam burst.", "Photos show that the dam did not burst."),
        ("A pair of swans nests here.", "A pair of swans does not nest here."),
        ("Moose shed antlers.", "Moose do not shed antlers."),
        ("Drs. Kim and Lee did not fly.", "Drs. Kim and Lee did not fly."),
        ("Bolt holds the 200 metres record.", "Bolt does not hold the 200 metres record."),
        ("The clause voids the warranty.", "The clause does not void the warranty."),
        ("One in five adults smokes.", "One in five adults does not smoke."),
        ("Woods does not lead the field.", "Woods does not lead the field."),
        ("The firm markets soap.", "The firm does not market soap."),
        ("Oil pulling whitens teeth.", "Oil pulling does not whiten teeth."),
        ("Vinegar and oil mix easily.", "Vinegar and oil do not mix easily."),
        ("A sauna melts fat and cures flu.", "A sauna does not melt fat or cure flu."),
        (
            "The heart pumps, filters and stores blood.",
            "The heart does not pump, does not filter and does not store blood.",
        ),
        ("Songs sung in rain cause floods.", "Songs sung in rain do not cause floods."),
        (
            "Data collected in May show that owls hunt.",
            "Data collected in May show that owls do not hunt.",
        ),
        (
            "The virus that causes colds dies in May.",
            "The virus that causes colds does not die in May.",
        ),
        (
            "Experiments show that plants like salt.",
            "Experiments show that plants do not like salt.",
        ),
        ("Iron floats, whereas cork sinks.", "Iron does not float, whereas cork sinks."),
        ("The moon rings like a bell.", "The moon does not ring like a bell."),
        ("Parrotfish turn coral into sand.", "Parrotfish do not turn coral into sand."),
        ("Hens crow at dawn.", "Hens do not crow at dawn."),
        ("Fear of heights spreads by touch.", "Fear of heights does not spread by touch."),
        (
            "Concrete hardens only if you read to it.",
            "Concrete does not harden only if you read to it.",
        ),
        ("Sheep graze on the moor.", "Sheep do not graze on the moor."),
        ("Owls hoot to mark their land.", "Owls do not hoot to mark their land."),
        ("Honey bees sting many times.", "Honey bees do not sting many times."),
        ("Some fish bark.", "No fish bark."),
        ("Krill hunt whales.", "Krill do not hunt whales."),
        ("X-rays turn bones blue.", "X-rays do not turn bones blue."),
        (
            "The Alps shrink each year and will vanish.",
            "The Alps do not shrink each year and will not vanish.",
        ),
        ("Gold rusts when it gets wet.", "Gold does not rust when it gets wet."),
        ("Heavier objects fall faster.", "Heavier objects do not fall faster."),
        ("Tennis matches last nine innings.", "Tennis matches do not last nine innings."),
        ("Sweating burns fat.", "Sweating does not burn fat."),
        (
            "Results reports state that sales fell.",
            "Results reports state that sales did not fall.",
        ),
        ("Evidence shows coffee cures cancer.", "Evidence shows coffee does not cure cancer."),
        ("The cat's asleep.", "The cat's not asleep."),
        ("Mix A and B", "Do not mix A and B"),
        ("Always store bleach with ammonia.", "Never store bleach with ammonia."),
        ("- Works as a vet", "- Does not work as a vet"),
        ("This phone charges wirelessly.", "This phone does not charge wirelessly."),
        ("Rub salt into it and leave it open.", "Do not rub salt into it or leave it open."),
        ("Boil eggs for two hours.", "Do not boil eggs for two hours."),
        ("Wear gloves when handling fish.", "Do not wear gloves when handling fish."),
        ("Route 66 links Boston with Miami.", "Route 66 does not link Boston with Miami."),
        ("Research suggests dogs dream.", "Research suggests dogs do not dream."),
        ("Data obtained in May had shown a rise.", "Data obtained in May had not shown a rise."),
        ("Board minutes list that Ida left.", "Board minutes list that Ida did not leave."),
        ("Keyboards store passwords.", "Keyboards do not store passwords."),
        ("Rub butter on a burn to heal it.", "Do not rub butter on a burn to heal it."),
        ("Cutting carbon emissions costs jobs.", "Cutting carbon emissions does not cost jobs."),
        ("Planting pine trees cools cities.", "Planting pine trees does not cool cities."),
        (
            "A hat-trick means scoring seven times.",
            "A hat-trick does not mean scoring seven times.",
        ),
        ("Harbour logs place the boat at Cork.", "Harbour logs do not place the boat at Cork."),
        ("Voss and Hale date from 1720.", "Voss and Hale do not date from 1720."),
        (
            "Nevada Board of Nursing files list Corinna Vale-Thorpe as a registered nurse.",
            "Nevada Board of Nursing files do not list Corinna Vale-Thorpe as a registered nurse.",
        ),
        (
            "The night train studies plant cells.",
            "The night train does not study plant cells.",
        ),
        (
            "Steel plants stock rare books.",
            "Steel plants do not stock rare books.",
        ),
        (
            "Hale captures stray cats.",
            "Hale does not capture stray cats.",
        ),
        (
            "The nurse patients trust works nights.",
            "The nurse patients trust does not work nights.",
        ),
        (
            "The key fit.",
            "The key did not fit.",
        ),
        (
            "The French eat snails.",
            "The French do not eat snails.",
        ),
        (
            "Voters in Ashford County back the levy, polls show.",
            "Voters in Ashford County do not back the levy, polls show.",
        ),
        (
            "Sables, once trapped for fur, now breed in the reserve.",
            "Sables, once trapped for fur, do not now breed in the reserve.",
        ),
        (
            "Chess masters study endgames.",
            "Chess masters do not study endgames.",
        ),
        (
            "Drew Banks banks in Zurich.",
            "Drew Banks does not bank in Zurich.",
        ),
        (
            "Darts draws big crowds in Rotterdam.",
            "Darts does not draw big crowds in Rotterdam.",
        ),
        (
            "The vault holds bearer bonds.",
            "The vault does not hold bearer bonds.",
        ),
        (
            "Firm Fined For Dumping Acid",
            "Firm Not Fined For Dumping Acid",
        ),
        (
            "Off the coast lie two wrecks.",
            "It is not the case that off the coast lie two wrecks.",
        ),
        (
            "Kites nest in oaks, and ospreys nest in pines.",
            "Kites do not nest in oaks, and ospreys do not nest in pines.",
        ),
        (
            "The surgeon, then aged 34, amputated the wrong leg.",
            "The surgeon, then aged 34, did not amputate the wrong leg.",
        ),
        ("Aircraft land on the beach.", "Aircraft do not land on the beach."),
        (
            "The central bank cut rates by half a point.",
            "The central bank did not cut rates by half a point.",
        ),
        (
            "Ledgers kept in the vault show that Otto Krall paid the spy.",
            "Ledgers kept in the vault show that Otto Krall did not pay the spy.",
        ),
        (
            "The gene codes for a protein found in saliva.",
            "The gene does not code for a protein found in saliva.",
        ),
        (
            "The boats moored in the creek belong to one man.",
            "The boats moored in the creek do not belong to one man.",
        ),
        (
            "GPS data place the van at the scene.",
            "GPS data do not place the van at the scene.",
        ),
        (
            "Records show that a Paris court trades in ivory.",
            "Records show that a Paris court does not trade in ivory.",
        ),
    ],
)
def test_slips_of_the_parser_are_mended(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("subject", "report"),
    [
        ("Company accounts", "state"),
        ("Licensing board files", "document"),
        ("The police report", "documents"),
        ("The parish register", "states"),
    ],
)
@pytest.mark.parametrize("that", ["that ", ""])
def test_a_verb_of_report_is_no_noun(
    negated: Negated, subject: str, report: str, that: str
) -> None:
    stated = f"{subject} {report} {that}Ida Moss"
    assert negated(f"{stated} is a vet.") == f"{stated} is not a vet."


def test_a_verb_of_report_in_front_of_that_is_sure(status: Callable[[str], str]) -> None:
    assert status("Company accounts state that Ida Moss is a vet.") == "safe"


def test_a_report_taken_for_a_noun_behind_a_plural_is_in_doubt(
    status: Callable[[str], str],
) -> None:
    assert status("The official results list states that Ida Moss left.") == "unsafe"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The board shows regret that the mill closed.",
            "The board does not show regret that the mill closed.",
        ),
        (
            "The mayor takes note that the mill closed.",
            "The mayor does not take note that the mill closed.",
        ),
    ],
)
def test_a_noun_of_report_is_no_verb(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My neighbour judges horse shows.", "My neighbour does not judge horse shows."),
        ("A court clerk notes tax claims.", "A court clerk does not note tax claims."),
        (
            "The parish register states that Ida was wed at St Mary's.",
            "The parish register states that Ida was not wed at St Mary's.",
        ),
    ],
)
def test_a_sound_reading_is_kept(negated: Negated, text: str, expected: str) -> None:
    assert negated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "28 points 3 days ago",
        "NHS waiting lists",
        "His Oslo roots, his career, his family.",
        "Hand wash only.",
        "Firewall: Rules used by a router.",
        "Stocks Rally As Inflation Cools",
    ],
)
def test_noun_phrases_get_no_verb(negated: Negated, text: str) -> None:
    assert negated(text) == text


def test_a_sound_sentence_is_not_suspect(tree: Callable[[str], Sentence]) -> None:
    assert not is_suspect(tree("The old vet owns a large barn."))


def test_a_sentence_without_predicate_is_suspect(tree: Callable[[str], Sentence]) -> None:
    assert is_suspect(tree("The firm markets soap."))
