"""A mail server that nobody here wrote (aiosmtpd), made to behave as the file `behaviour` in its folder says.

accept: takes everything.            greylist: each message is put off once (451).
reject: knows no recipient (550).    drop: takes each message, and hangs up the first time instead of saying so.
slow: takes each message, and does not say so until the behaviour is another.

Each message taken becomes NNN.eml with NNN.json (who, to whom, over TLS, signed in). The file `asked` has a line for
each AUTH, MAIL or RCPT, and whether it came over TLS. Prints its port; ends with the program that started it.
"""

import argparse
import asyncio
import ctypes
import email
import json
import os
import pathlib
import signal
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder):
        self.folder, self.count, self.seen = folder, 0, set()

    def behaviour(self):
        return (self.folder / "behaviour").read_text()

    def note(self, server, verb):
        with open(self.folder / "asked", "a") as asked:
            asked.write(f"{verb} {'tls' if encrypted(server) else 'clear'}\n")

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.note(server, "MAIL")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.note(server, "RCPT")
        if self.behaviour() == "reject":
            return f"550 5.1.1 <{address}> is nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = email.message_from_bytes(envelope.original_content)["Message-ID"]
        first = name not in self.seen
        self.seen.add(name)
        if first and self.behaviour() == "greylist":
            return f"451 4.7.1 <{envelope.rcpt_tos[0]}> come back later"
        self.store(server, session, envelope)
        if first and self.behaviour() == "drop":
            server.transport.abort()
            await asyncio.sleep(3600)
        while self.behaviour() == "slow":
            await asyncio.sleep(0.02)
        return "250 OK"

    def store(self, server, session, envelope):
        self.count += 1
        path = self.folder / f"{self.count:03}.eml"
        about = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": encrypted(server), "auth": bool(session.authenticated)}
        path.with_suffix(".json").write_text(json.dumps(about))
        path.with_suffix(".new").write_bytes(envelope.original_content)
        path.with_suffix(".new").rename(path)


def encrypted(server):
    return server.transport.get_extra_info("ssl_object") is not None


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--tls", choices=["none", "starttls", "implicit"], required=True)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--password")
    arguments = parser.parse_args()
    handler = Handler(arguments.folder)

    def check(server, session, envelope, mechanism, data):
        handler.note(server, "AUTH")
        wanted = (b"avow", (arguments.password or "").encode())
        return AuthResult(success=(data.login, data.password) == wanted, handled=False)

    context = None
    if arguments.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(arguments.certificate, arguments.key)
    starttls = arguments.tls == "starttls"

    def protocol():
        return SMTP(
            handler, hostname="localhost", enable_SMTPUTF8=True, timeout=600, authenticator=check,
            tls_context=context if starttls else None, require_starttls=starttls,
            auth_required=arguments.password is not None, auth_require_tls=starttls,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=None if starttls else context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
if os.getppid() != 1:
    asyncio.run(main())
