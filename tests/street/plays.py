"""All plays by the id of the rule that they run into."""

from __future__ import annotations

from bot.channels.playground.talking import PIXEL
from tests.street import refusing as r
from tests.street.refusing import Play
from tests.street.stage import buttons

_MANY = [{"command": f"c{number}", "description": "x"} for number in range(101)]
_POINT = {"command": "ask", "description": "x"}

ADDRESSES: dict[str, Play] = {
    "token_wrong": lambda s: r._raw(s.street, "getMe", "7000000001:wrong"),
    "path_unknown": lambda s: r._file(s, "photos/none.jpg"),
    "method_unknown": lambda s: s.call("sendRichMessage"),
    "body_too_big": lambda s: s.call("sendDocument", {"document": bytes(51 << 20)}, chat_id=s.alice.id),
    "chat_id_empty": lambda s: s.call("sendMessage", text="x"),
    "chat_unknown": lambda s: s.send(s.dan),
    "user_deactivated": r._after(lambda s: s.alice.deactivates(), lambda s: s.send()),
    "user_blocked": r._after(lambda s: s.alice.blocks(), lambda s: s.send()),
    "user_not_started": lambda s: s.send(s.bob),
    "user_is_bot": lambda s: s.send(s.street.other_bot("Other")),
    "kicked_group": r._after(lambda s: s.carol.kicks(s.small), lambda s: s.send(s.small)),
    "kicked_supergroup": r._after(lambda s: s.carol.kicks(s.talk), lambda s: s.send(s.talk)),
    "left_group": r._after(lambda s: s.call("leaveChat", chat_id=s.small.id), lambda s: s.send(s.small)),
    "left_supergroup": r._after(lambda s: s.call("leaveChat", chat_id=s.talk.id), lambda s: s.send(s.talk)),
    "group_migrated": r._after(lambda s: s.carol.moves(s.small), lambda s: s.send(s.small)),
    "too_many": r._too_many,
}

WORDS: dict[str, Play] = {
    "text_empty": lambda s: s.send(text=""),
    "text_blank": lambda s: s.send(text=" \n "),
    "text_too_long": lambda s: s.send(text="额" * 4097),
    "text_huge": lambda s: s.send(text="额" * 11000),
    "caption_too_long": lambda s: s.call("sendPhoto", {"photo": PIXEL}, chat_id=s.alice.id, caption="x" * 1025),
    "parse_mode_unknown": lambda s: s.send(parse_mode="bbcode"),
    "entities_bad": lambda s: s.send(text="<b>bold", parse_mode="HTML"),
    "entity_bad": lambda s: s.send(entities=[{"type": "shiny", "offset": 0, "length": 1}]),
    "markup_no_json": r._markup("{no"),
    "markup_no_object": r._markup("[]"),
    "inline_no_rows": r._markup({"inline_keyboard": [{"text": "x"}]}),
    "inline_no_array": r._markup({"inline_keyboard": None}),
    "button_without_action": r._markup({"inline_keyboard": [[{"text": "x"}]]}),
    "button_without_text": r._markup({"inline_keyboard": [[{"callback_data": "x"}]]}),
    "button_data_too_long": r._markup(buttons("x", data="额" * 22)),
    "button_url_bad": r._markup({"inline_keyboard": [[{"text": "x", "url": "javascript:no"}]]}),
    "button_type_bad": r._markup({"inline_keyboard": [[{"text": "x", "web_app": {"url": "https://a.b"}}]]}, "talk"),
    "markup_too_long": r._markup({"inline_keyboard": [[{"text": "x", "callback_data": "y"}]] * 101}),
    "inline_expected": lambda s: r._edit(s, s.send().result["message_id"], reply_markup={"keyboard": [["x"]]}),
}

FILES: dict[str, Play] = {
    "file_missing": lambda s: s.call("sendDocument", chat_id=s.alice.id),
    "file_empty": lambda s: s.call("sendDocument", {"document": b""}, chat_id=s.alice.id),
    "file_wrong": lambda s: s.call("sendDocument", chat_id=s.alice.id, document="nonsense"),
    "file_other_kind": lambda s: s.call("sendPhoto", chat_id=s.alice.id, photo=r._document(s)["file_id"]),
    "file_by_url": lambda s: s.call("sendPhoto", chat_id=s.alice.id, photo="https://example.org/a.png"),
    "photo_too_big": lambda s: r._photo(s, PIXEL + bytes(11 << 20)),
    "photo_unreadable": lambda s: r._photo(s, b"%PDF-1.7"),
    "photo_dimensions": lambda s: r._photo(s, r._png(9000, 2000)),
    "album_bad": r._album([{"type": "voice", "media": "attach://a"}] * 2),
    "album_size": r._album([{"type": "photo", "media": "attach://a"}]),
    "file_id_missing": lambda s: s.call("getFile"),
    "file_id_bad": lambda s: s.call("getFile", file_id="nonsense"),
    "file_too_big": r._big_download,
}

MESSAGES: dict[str, Play] = {
    "reply_unknown": lambda s: s.send(reply_parameters={"message_id": 999}),
    "thread_unknown": lambda s: s.send(s.talk, message_thread_id=1),
    "topic_closed": r._in_closed_topic,
    "no_right_to_send": r._after(lambda s: s.carol.restricts(s.talk), lambda s: s.send(s.talk)),
    "edit_unknown": lambda s: r._edit(s, 999),
    "edit_unchanged": lambda s: r._edit_own(s, text="hello"),
    "edit_not_allowed": lambda s: r._edit_own(s, wait=2 * r.DAY + 1),
    "edit_no_text": lambda s: r._edit(s, r._photo(s, PIXEL).result["message_id"]),
    "edit_no_caption": lambda s: s.call(
        "editMessageCaption", chat_id=s.alice.id, message_id=s.send().result["message_id"], caption="x"
    ),
    "delete_chat_missing": lambda s: s.call("deleteMessage", message_id=1),
    "id_missing": lambda s: s.call("deleteMessage", chat_id=s.alice.id),
    "delete_ids_missing": lambda s: s.call("deleteMessages", chat_id=s.alice.id, message_ids=[]),
    "delete_unknown": lambda s: r._delete(s, 999),
    "delete_not_allowed": lambda s: r._delete(s, s.bob.says(s.talk, "mine").id, s.talk),
    "delete_too_old": r._after(lambda s: s.clock.advance(2 * r.DAY + 1), lambda s: r._delete(s, 1)),
    "copy_unknown": lambda s: s.call("copyMessage", chat_id=s.alice.id, from_chat_id=s.talk.id, message_id=999),
    "forward_unknown": lambda s: s.call("forwardMessage", chat_id=s.alice.id, from_chat_id=s.talk.id, message_id=9),
    "pin_unknown": lambda s: s.call("pinChatMessage", chat_id=s.alice.id, message_id=999),
    "pin_no_right": lambda s: s.call("pinChatMessage", chat_id=s.talk.id, message_id=1),
    "unpin_unknown": lambda s: s.call("unpinChatMessage", chat_id=s.alice.id),
    "react_unknown": lambda s: s.call("setMessageReaction", chat_id=s.alice.id, message_id=999),
    "action_unknown": lambda s: s.call("sendChatAction", chat_id=s.alice.id, action="dance"),
    "press_too_old": r._late_answer,
    "answer_too_long": lambda s: s.call("answerCallbackQuery", callback_query_id=r._press(s), text="x" * 201),
}

KEEPING: dict[str, Play] = {
    "poll_no_question": lambda s: r._poll(s, ""),
    "poll_question_long": lambda s: r._poll(s, "x" * 301),
    "poll_no_options": lambda s: r._poll(s, options=()),
    "poll_many_options": lambda s: r._poll(s, options=map(str, range(13))),
    "poll_option_long": lambda s: r._poll(s, options=("x" * 101,)),
    "poll_type_unknown": lambda s: r._poll(s, type="exam"),
    "poll_no_answer": lambda s: r._poll(s, type="quiz"),
    "poll_unknown": lambda s: r._stop(s, s.send().result["message_id"]),
    "poll_closed": r._stop_twice,
    "member_unknown": r._on_member("getChatMember", "dan"),
    "member_id_bad": r._on_group("getChatMember"),
    "admins_private": lambda s: s.call("getChatAdministrators", chat_id=s.alice.id),
    "leave_private": lambda s: s.call("leaveChat", chat_id=s.alice.id),
    "restrict_no_right": r._on_member("banChatMember", "bob"),
    "restrict_admin": r._after(r._bob_too, r._on_member("banChatMember", "bob")),
    "remove_owner": r._after(r._in_charge, r._on_member("banChatMember", "carol")),
    "restrict_not_supergroup": r._after(r._in_charge, r._on_member("restrictChatMember", "bob", "small")),
    "promote_no_right": r._on_member("promoteChatMember", "bob", can_pin_messages=True),
    "forum_missing": r._after(r._in_charge, r._on_group("createForumTopic", name="x")),
    "topic_no_right": r._on_group("createForumTopic", "forum", name="x"),
    "topic_name_empty": r._after(r._in_charge, r._on_group("createForumTopic", "forum", name=" ")),
    "topic_unknown": r._after(r._in_charge, r._on_group("closeForumTopic", "forum", message_thread_id=99)),
    "topic_unchanged": r._after(
        r._in_charge, lambda s: s.call("reopenForumTopic", chat_id=s.forum.id, message_thread_id=r._topic(s))
    ),
    "commands_no_json": r._commands("[no"),
    "commands_no_list": r._commands("{}"),
    "command_shape": r._commands([{"command": "x"}]),
    "command_bad": r._commands([_POINT | {"command": "Big"}]),
    "command_description_bad": r._commands([_POINT | {"description": ""}]),
    "commands_many": r._commands(_MANY),
    "scope_no_json": r._scope("{no"),
    "scope_bad": r._scope({"type": "everywhere"}),
}

FETCHING: dict[str, Play] = {
    "two_pollers": r._ended_by("getUpdates", timeout=10),
    "poll_ended": r._ended_by("setWebhook", url="http://127.0.0.1:9/x"),
    "webhook_active": r._after(r._webhook("http://127.0.0.1:9/x"), lambda s: s.call("getUpdates")),
    "webhook_url_bad": r._webhook("not an address"),
    "webhook_plain": r._webhook("http://example.org/x"),
    "webhook_port": r._webhook("https://example.org:8080/x"),
    "secret_long": r._webhook("http://127.0.0.1:9/x", secret_token="x" * 257),
    "secret_bad": r._webhook("http://127.0.0.1:9/x", secret_token=" ".join("ab")),
    "whisper_private": lambda s: s.send(receiver_user_id=s.alice.id),
    "whisper_receiver": lambda s: r._whisper(s, who="dan"),
    "whisper_no_cause": r._whisper,
    "draft_not_private": r._on_group("sendMessageDraft", draft_id=1, text="x"),
}

PLAYS: dict[str, Play] = {**ADDRESSES, **WORDS, **FILES, **MESSAGES, **KEEPING, **FETCHING}
