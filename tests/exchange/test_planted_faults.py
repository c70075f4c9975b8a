"""Every planted fault still finds its place in the program (`tools/planted_faults.py` runs them)."""

import pytest

from tests.support.fault_list import FAULTS, Fault
from tests.support.planted_faults import BY_NAME, planted, source_of


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_can_be_planted(fault: Fault) -> None:
    made = planted(fault)
    assert made != source_of(fault.module).read_text("utf-8")
    compile(made, fault.name, "exec")


def test_every_fault_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(FAULTS)
