"""Links: which are opened, what is handed over, and which are refused, with a sentence that says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netcrm.domain.links import SCHEMES, best_point, first_link, openable, reaching
from netcrm.domain.people import ContactPoint


class TestOpened:
    """What is opened, as it is handed over."""

    @pytest.mark.parametrize(
        ("written", "handed"),
        [
            ("https://acme.example/jobs/7?ref=you#top", "https://acme.example/jobs/7?ref=you#top"),
            ("HTTPS://Acme.Example/Jobs", "https://acme.example/Jobs"),
            ("  http://acme.example  ", "http://acme.example"),
            ("www.acme.example/jobs", "https://www.acme.example/jobs"),
            ("acme.example", "https://acme.example"),
            ("acme.example:8080/x", "https://acme.example:8080/x"),
            ("http://localhost:8000/", "http://localhost:8000/"),
            ("http://[2001:db8::1]/", "http://[2001:db8::1]/"),
            ("https://acme.example/a%20b", "https://acme.example/a%20b"),
            ("https://acme.example/100%", "https://acme.example/100%25"),
            ("https://acme.example/käse?q=ß", "https://acme.example/k%C3%A4se?q=%C3%9F"),
            ("https://acme.example/$(reboot);`x`", "https://acme.example/$(reboot);%60x%60"),
            ('https://acme.example/"><x>', "https://acme.example/%22%3E%3Cx%3E"),
            ("mailto:ana@vale.example", "mailto:ana@vale.example"),
            ("ana@vale.example", "mailto:ana@vale.example"),
            ("ana+list@vale.example", "mailto:ana+list@vale.example"),
            (
                "mailto:ana@vale.example?subject=A%20cartoon&body=Look%0Ahere",
                "mailto:ana@vale.example?subject=A%20cartoon&body=Look%0Ahere",
            ),
            ("tel:+44-20-7946-0142", "tel:+442079460142"),
        ],
    )
    def test_as_it_is_handed_over(self, written: str, handed: str) -> None:
        """Sites, mail and phones; a site and an address may stand alone."""
        assert openable(written) == handed

    def test_another_alphabet_shows_itself(self) -> None:
        """A host that only looks like another is spelled so that the difference is seen."""
        assert openable("https://аpple.example/") == "https://xn--pple-43d.example/"
        assert openable("https://müller.example") == "https://xn--mller-kva.example"

    @pytest.mark.parametrize(
        ("point", "handed"),
        [
            (ContactPoint("email", "ana@vale.example"), "mailto:ana@vale.example"),
            (ContactPoint("phone", "+44 (0)20 7946 0142"), "tel:+442079460142"),
            (ContactPoint("phone", "020/7946–0142"), "tel:02079460142"),
            (ContactPoint("url", "okafor.example/papers"), "https://okafor.example/papers"),
        ],
    )
    def test_ways_to_reach_someone(self, point: ContactPoint, handed: str) -> None:
        """By their kind: what stands as an address is one."""
        assert reaching(point) == handed


class TestRefused:
    """What is not opened."""

    @pytest.mark.parametrize(
        "written",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\x01javascript:alert(1)",
            "\u200bjavascript:alert(1)",
            "ｊavascript:alert(1)",
            "javascript：alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "file://host/share",
            "FILE:/etc/passwd",
            "ftp://acme.example/x",
            "smb://host/share",
            "ssh://-oProxyCommand=reboot/x",
            "x-man-page://x",
            "ms-msdt:/id",
            "search-ms:query=x",
            "steam://run/1",
            "view-source:https://acme.example",
            "about:blank",
            "chrome://settings",
            "blob:https://acme.example/1",
            "jar:https://acme.example/x.jar!/",
            "/etc/passwd",
            "./run.sh",
            "~/run.sh",
            "C:\\Windows\\notepad.exe",
            "\\\\host\\share",
            "-h",
            "--help",
            " -h",
            "--version https://acme.example",
            "-https://acme.example",
            "https://",
            "https:acme.example",
            "https:/acme.example",
            "https:///acme.example",
            "http://?x",
            "http://-acme.example",
            "http://acme..example",
            "http://%2dacme.example",
            "http://acme.example:port",
            "http://acme.example:99999",
            "http://[::1",
            "https://bank.example@evil.example/",
            "https://bank.example:x@evil.example/",
            "https://bank.example\\@evil.example/",
            "https://evil.example\\.bank.example",
            "https://acme.example/a b",
            "https://acme.example/\r\nX: y",
            "https://acme.example/\x1b]52;c;cHduZWQ=\x07",
            "https://acme.example/\x00",
            "https://acme.example/\u202egpj.exe",
            "https://acme.example/\u2066x\u2069",
            "https://acme.example/\U000e0041",
            "https://acme.example/\ud800",
            "https://acme.example/\u2028x",
            "https://acme\u2025example/",
            "https://acme.example\uff0fevil.example/",
            "https://acme.example\u2044evil/",
            "https://" + "a" * 64 + ".example",
            "https://acme.example/" + "a" * 2000,
            "mailto:",
            "mailto:ana",
            "mailto:-attach@vale.example",
            "mailto:-a@b@vale.example",
            "mailto:ana@-vale.example",
            "mailto:ana@vale.example?attach=/etc/passwd",
            "mailto:ana@vale.example?ATTACHMENT=/etc/passwd",
            "mailto:ana@vale.example?subject=x&attach=~/.ssh/id",
            "mailto:ana@vale.example?subject=x%0D%0ABcc:%20eve@evil.example",
            "mailto:ana@vale.example?bcc=eve@evil.example",
            "mailto:ana@vale.example?body=%1b[2J",
            "mailto:ana@vale.example?body=%E2%80%AE",
            "mailto:ana@vale.example,eve@evil.example",
            "mailto:ana%0a@vale.example\n",
            "tel:*21*0123456789#",
            "tel:+44;phone-context=x",
            "tel:+44 20 7946 0142",
            "tel:abc",
            "tel:-1",
            "",
            "   ",
            "Hank",
            "…",
            ".",
            ":",
            "://",
        ],
    )
    def test_with_a_sentence(self, written: str) -> None:
        """Scripts, files, options, what cannot be seen, what leads elsewhere than it says."""
        with pytest.raises(ValueError, match=r"\.$") as caught:
            openable(written)
        assert len(str(caught.value)) < 100
        assert str(caught.value).isprintable()

    @pytest.mark.parametrize(
        "point",
        [
            ContactPoint("email", "-ana@vale.example"),
            ContactPoint("email", "javascript:alert(1)@x"),
            ContactPoint("email", "https://acme.example"),
            ContactPoint("phone", "-1234567"),
            ContactPoint("phone", "call me"),
            ContactPoint("url", "file:///etc/passwd"),
            ContactPoint("address", "Rua das Taipas 14"),
            ContactPoint("handle", "@ana"),
        ],
    )
    def test_ways_to_reach_someone(self, point: ContactPoint) -> None:
        """Each has to be what its kind says."""
        with pytest.raises(ValueError, match=r"\.$"):
            reaching(point)


HOSTILE = st.text(
    st.one_of(
        st.sampled_from(list("-:/@?#%\\.&=;'\"`$()<> \t\r\n\x00\x1b\u202e\u200b\uff0f")),
        st.characters(),
    ),
    max_size=40,
)


class TestWhateverIsWritten:
    """What holds for every text."""

    @given(
        st.sampled_from(["", "https://", "http://a.example/", "mailto:", "mailto:a@b.example?", "tel:"]),
        HOSTILE,
    )
    def test_what_is_handed_over_is_harmless(self, head: str, tail: str) -> None:
        """It begins with a known scheme, is printable ASCII, and stays the same when it is read again."""
        try:
            link = openable(head + tail)
        except ValueError as refusal:
            assert str(refusal).endswith(".")
            return
        assert link.startswith(tuple(f"{scheme}:" for scheme in SCHEMES))
        assert link.isascii() and link.isprintable()
        assert not set(link) & set(' \\"`<>')
        assert openable(link) == link


class TestFinding:
    """Which link is meant."""

    def test_in_a_text(self) -> None:
        """The first link of a text, else its first address."""
        assert first_link("Sent https://x.example/a, and www.y.example.") == "https://x.example/a"
        assert first_link("Write to ana@vale.example.") == "ana@vale.example"
        assert first_link("Nothing here") == ""

    def test_of_someone(self) -> None:
        """By the kinds that one would rather have."""
        points = (ContactPoint("phone", "1234"), ContactPoint("email", "a@b.example"))
        assert best_point(points, ("url", "email")) == points[1]
        assert best_point(points, ("phone",)) == points[0]
        assert best_point(points, ("url",)) is None
