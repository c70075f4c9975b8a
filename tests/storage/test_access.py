"""Who may write a scope: reached from its makers, over who let whom in, and from a device to its heir."""

from app.storage.access import closure


def test_only_who_is_reached_from_a_maker_may_write() -> None:
    given = [("anna", "bram"), ("bram", "carla"), ("dora", "emil")]
    assert closure(["anna"], given, {}) == {"anna", "bram", "carla"}
    assert closure([], given, {}) == set()


def test_an_heir_may_write_what_its_old_device_might_and_lets_others_in() -> None:
    heirs = {"bram-2": "bram", "bram-3": "bram-2", "dora-2": "dora"}
    reached = closure(["anna"], [("anna", "bram"), ("bram-3", "carla")], heirs)
    assert reached == {"anna", "bram", "bram-2", "bram-3", "carla"}
