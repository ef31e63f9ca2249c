"""What parties and the office write to each other."""

import uuid
from datetime import datetime

from oversight.accounts.access import needs
from oversight.casework.acting import Acting
from oversight.casework.actions.editing import read_news
from oversight.casework.actions.messages import write_to_party
from oversight.casework.models import Complaint
from oversight.casework.queries.people import names_of
from oversight.desk.forms.messages import MessageForm, readers_of
from oversight.desk.routes.blueprint import Page, answer, blueprint, change, done, known_file, refused, unfit
from oversight.desk.routes.file import file_page
from oversight.desk.routes.people import found_party
from oversight.desk.wording.history import MESSAGES
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.roles import Can
from oversight.rules.words import N_


@blueprint.get("/desk/files/<number>/messages")
@needs(Can.READ_FILES)
@personal
def messages(number: str) -> Page:
    return _page(number, MessageForm.of(known_file(number)))


@blueprint.post("/desk/files/<number>/messages")
@needs(Can.EDIT_FILES)
@personal
def write_message(number: str) -> Page:
    form = MessageForm.of(known_file(number))

    def write(complaint: Complaint, /, *, by: Acting, at: datetime) -> object:
        party = found_party(complaint, uuid.UUID(form.party.data))
        return write_to_party(party, form.body.data or "", by=by, at=at)

    return answer(
        form,
        number,
        write,
        again=lambda refusal: _page(number, form, refusal),
        done=lambda: done(t(N_("Your message is there for them to read.")), "desk.messages", number=number),
    )


@blueprint.post("/desk/files/<number>/messages/read")
@needs(Can.EDIT_FILES)
@personal
def read_messages(number: str) -> Page:
    form = VersionedForm()
    if not form.validate_on_submit():
        return unfit(_page(number, MessageForm.of(known_file(number), sent=False)))
    refusal = change(number, form, read_news)
    if refusal:
        return refused(_page(number, MessageForm.of(known_file(number), sent=False), refusal))
    return done(t(N_("Marked as read.")), "desk.messages", number=number)


def _page(number: str, form: MessageForm, refusal: str = "") -> str:
    complaint = known_file(number)
    names = names_of({each.written_by_id for each in complaint.messages if each.written_by_id})
    return file_page(
        "messages",
        complaint,
        "desk.messages",
        form=form,
        names=names,
        parties={party.id: party for party in complaint.parties},
        kinds=MESSAGES,
        can_be_written_to=bool(readers_of(complaint)),
        refusal=refusal,
    )
