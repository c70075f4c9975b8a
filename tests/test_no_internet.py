"""The guard on which "offline" rests in every other test is itself in force, and lets local sockets be."""

import os
import socket

import pytest

from tests.support.no_internet import InternetSocketOpened

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="Windows makes its local socket pairs from internet sockets"
)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_an_internet_socket_is_refused_in_every_test(family: socket.AddressFamily) -> None:
    with pytest.raises(InternetSocketOpened):
        socket.socket(family)


def test_asking_for_a_name_is_refused() -> None:
    for ask in (lambda: socket.getaddrinfo("localhost", 80), lambda: socket.gethostbyname("localhost")):
        with pytest.raises(InternetSocketOpened):
            ask()


def test_what_stays_on_this_computer_is_allowed() -> None:
    for end in socket.socketpair():
        end.close()
