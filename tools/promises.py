"""What is promised and which tests hold it: the tables of TESTING.md, written by ``write_docs``."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[1] / "TESTING.md"

_C, _F, _S, _B = (
    "server/test_conformance.py",
    "project/test_faults.py",
    "project/test_security.py",
    "project/test_bombs.py",
)

_FRAMING, _REQUESTS, _ORDER, _LIFETIME, _DOCUMENTS = (
    "server/protocol/test_framing.py",
    "server/protocol/test_requests.py",
    "server/protocol/test_order.py",
    "server/protocol/test_lifetime.py",
    "server/protocol/test_documents.py",
)

# Each clause and its tests, as ``module::function``.
PROTOCOL = {
    "Requests before `initialize`": [
        f"{_LIFETIME}::test_before_initialize_requests_are_refused_and_notifications_dropped"
    ],
    "A second or failed `initialize`": [
        f"{_LIFETIME}::test_a_second_initialize_is_an_invalid_request",
        f"{_LIFETIME}::test_initialize_with_unusable_params_can_be_tried_again",
    ],
    "Requests after `shutdown`": [
        f"{_LIFETIME}::test_after_shutdown_requests_are_refused_and_notifications_ignored"
    ],
    "Unknown methods": [f"{_REQUESTS}::test_an_unknown_request_is_answered_with_method_not_found"],
    "`$/` notifications": [f"{_REQUESTS}::test_an_unknown_notification_is_ignored"],
    "Malformed params": [
        f"{_REQUESTS}::test_a_request_with_unusable_params_is_answered_with_invalid_params",
        f"{_REQUESTS}::test_a_notification_with_unusable_params_is_logged_and_ignored",
    ],
    "Malformed capabilities": [
        "server/protocol/test_malformed_initialize.py::test_one_unfit_capability_costs_that_capability_alone",
        "server/protocol/test_malformed_initialize.py::test_the_connection_answers_all_the_same",
    ],
    "Bad JSON": [
        f"{_FRAMING}::test_a_body_that_is_not_json_is_answered_with_a_parse_error",
        f"{_FRAMING}::test_json_that_is_no_message_is_answered_with_invalid_request",
    ],
    "Wrong `Content-Length`": [
        f"{_FRAMING}::test_after_an_unusable_header_the_next_message_is_found",
        f"{_FRAMING}::test_after_a_length_that_is_too_short_the_next_message_is_found",
        f"{_FRAMING}::test_after_megabytes_without_a_header_the_next_message_is_found",
    ],
    "Lower-case header names": [f"{_FRAMING}::test_headers_are_read_in_any_order_and_case"],
    "Split packets": [f"{_FRAMING}::test_a_message_in_many_packets_is_one_message"],
    "Joined packets": [f"{_FRAMING}::test_many_messages_in_one_packet_are_many_messages_in_order"],
    "Pipes that do not block": [
        f"{_FRAMING}::test_pipes_that_do_not_block_are_waited_for",
        "cli/test_pipes.py::test_all_is_printed_and_read",
    ],
    "A list that is incomplete until all is read": [
        "server/test_server.py::test_a_list_says_that_it_is_incomplete_until_all_is_read",
        f"{_F}::test_a_drive_that_never_answers_stops_nobody",
    ],
    "Cancellation of a queued request": [
        f"{_ORDER}::test_a_request_cancelled_in_the_same_packet_is_not_executed",
        f"{_ORDER}::test_a_request_that_waits_behind_a_slow_one_can_be_cancelled",
    ],
    "Cancellation of a running request": [
        f"{_ORDER}::test_a_request_under_way_in_a_coroutine_can_be_cancelled"
    ],
    "Exit codes": [
        f"{_LIFETIME}::test_after_shutdown_requests_are_refused_and_notifications_ignored",
        f"{_LIFETIME}::test_exit_without_shutdown_ends_with_1",
        f"{_LIFETIME}::test_exit_before_initialize_ends_with_1",
    ],
    "Death of the parent process": [
        f"{_LIFETIME}::test_the_server_ends_with_the_process_that_the_client_named"
    ],
    "Standard input closed": [
        f"{_LIFETIME}::test_a_closed_stdin_ends_the_process_with_1_once_the_queue_is_done",
        f"{_LIFETIME}::test_a_closed_stdin_after_shutdown_ends_the_process_with_0",
        f"{_LIFETIME}::test_a_closed_stdin_within_a_message_ends_the_process",
        f"{_LIFETIME}::test_a_closed_stdin_ends_even_a_handler_that_never_returns",
    ],
    "Work-done progress and its cancellation": [
        f"{_C}::test_progress_that_the_user_cancels_is_no_trouble",
        f"{_ORDER}::test_a_cancellation_of_unknown_progress_is_ignored",
    ],
    "Dynamic registration refused by the client": [
        f"{_C}::test_a_client_that_refuses_what_it_offered_is_served_all_the_same"
    ],
    "Positions at and beyond line ends; three encodings; LF, CRLF, lone CR": [
        f"{_C}::test_a_position_at_and_beyond_the_end_of_a_line_means_its_end",
        f"{_C}::test_a_position_inside_a_character_means_its_start",
    ],
    "Versions out of order": [f"{_C}::test_whatever_the_order_of_versions_the_last_text_counts"],
    "Close, change and save of a file never opened": [
        f"{_C}::test_documents_that_were_never_opened_are_no_trouble"
    ],
    "A file opened twice": [f"{_C}::test_a_document_that_is_opened_twice_has_the_later_text"],
    "One path in different percent encodings": [f"{_C}::test_one_file_in_two_spellings_is_answered_in_each"],
    "Paths that differ in letter case": [
        f"{_C}::test_two_files_that_differ_in_letter_case_are_two_where_the_system_says_so"
    ],
    "URIs that are no files (`untitled:`, `vscode-notebook-cell:`, `git:`)": [
        f"{_C}::test_what_is_no_file_here_gets_no_findings_and_an_empty_answer"
    ],
}
FAULTS = {
    "Every rule fails in turn": [f"{_F}::test_a_rule_that_fails_costs_its_own_findings_and_nobody_elses"],
    "Every feature fails in turn": [
        f"{_F}::test_a_feature_that_fails_is_an_error_for_its_own_requests_and_a_trace_in_the_log"
    ],
    "The disk is full": [
        f"{_F}::test_where_no_more_can_be_written_the_file_is_left_as_it_is",
        f"{_F}::test_where_no_more_can_be_written_it_still_checks",
        f"{_F}::test_a_log_that_cannot_be_written_stops_nobody",
    ],
    "Permission denied": [f"{_F}::test_what_may_not_be_read_or_written_is_told_and_the_others_are_mended"],
    "A file or folder vanishes between scan and read": [
        f"{_F}::test_a_file_that_vanishes_between_scan_and_read_is_left_out",
        f"{_F}::test_a_folder_that_vanishes_in_a_search_is_left_out",
    ],
    "A network drive that hangs": [f"{_F}::test_a_drive_that_never_answers_stops_nobody"],
    "The clock jumps": [
        f"{_F}::test_a_clock_that_jumps_stops_nobody",
        f"{_F}::test_a_file_whose_time_goes_back_is_read_again",
    ],
    "Bombs: nesting, aliases, 100,000 items, lines of megabytes, quadratic traps": [
        f"{_B}::test_time_grows_with_size",
        f"{_B}::test_the_largest_bombs_end_no_process_and_fill_no_memory",
    ],
}
_CI, _W, _P = (
    "cli/test_ci_logs.py",
    "unit/disk/test_atomic_writes.py",
    "project/test_patterns.py",
)
SECURITY = {
    "No network, no program is started": [f"{_S}::test_no_network_and_no_program"],
    "Nothing is read that lies elsewhere": [f"{_S}::test_nothing_is_read_that_lies_elsewhere"],
    "No device, pipe or socket is opened": [f"{_S}::test_what_is_no_regular_file_is_never_opened"],
    "No link leads to another machine": [
        f"{_S}::test_a_link_in_percent_signs_is_no_way_to_another_machine",
        f"{_S}::test_nothing_that_a_file_names_is_looked_for_on_another_machine",
    ],
    "No value of a project leads out of a folder": [
        "unit/system/test_paths.py::test_nothing_that_a_file_says_leads_out_of_its_folder",
        "unit/products/test_plugins.py::test_a_plugin_that_a_project_names_is_looked_for_in_the_cache_alone",
        "unit/products/test_plugins.py::test_a_manifest_names_nothing_outside_its_plugin",
        "project/test_layers.py::test_nobody_else_joins_what_a_file_says_to_a_folder",
    ],
    "Linked folders are read once and in bounds": [f"{_S}::test_linked_folders_are_read_once_and_in_bounds"],
    "In a hostile folder nothing of it runs": [f"{_S}::test_in_a_hostile_folder_nothing_of_it_runs"],
    "Nothing reaches the terminal raw": [f"{_S}::test_nothing_of_a_file_reaches_the_terminal_raw"],
    "No line is a command for a CI runner": [
        f"{_CI}::test_no_line_is_a_command",
        f"{_CI}::test_an_annotation_is_all_that_github_is_told",
        f"{_CI}::test_every_line_is_printed_in_one_place",
    ],
    "No forged links, commands or HTML": [
        f"{_S}::test_no_text_of_a_file_becomes_a_link_or_markup",
        f"{_S}::test_no_message_of_the_server_is_a_link",
        "unit/text/test_markdown_escape.py::test_a_description_is_one_line_of_text",
    ],
    "A session writes nothing": [f"{_S}::test_a_session_writes_nothing"],
    "Nothing is written through a link that leads out": [
        f"{_S}::test_no_repair_is_written_through_a_link_that_leads_out",
        f"{_W}::test_convert_follows_no_link_out_of_what_was_named",
        f"{_W}::test_convert_writes_through_no_link_in_its_place",
    ],
    "A write is whole or not at all": [
        f"{_S}::test_a_write_that_fails_leaves_the_file_and_nothing_else",
        f"{_F}::test_where_no_more_can_be_written_the_file_is_left_as_it_is",
    ],
    "A write undoes nobody's save": [f"{_W}::test_what_an_editor_saves_meanwhile_stays"],
    "Mode, owner and attributes stay": [
        f"{_W}::test_the_mode_stays",
        f"{_W}::test_the_owner_stays_or_the_file_is_left_as_it_is",
        f"{_W}::test_a_file_with_two_names_is_left_as_it_is",
        f"{_W}::test_a_read_only_file_is_left_as_it_is",
    ],
    "A killed process leaves whole files": [
        f"{_W}::test_whenever_it_is_killed_the_file_is_whole",
        f"{_W}::test_the_next_run_takes_away_what_a_killed_one_left_and_nothing_else",
    ],
    "A cache of another shape changes nothing": [
        f"{_CI}::test_a_cache_that_is_of_no_use_is_as_if_it_were_not_there"
    ],
    "Time grows with size": [f"{_P}::test_no_expression_is_steep", f"{_B}::test_time_grows_with_size"],
    "Thousands of files change at once": [
        "unit/indexing/test_index.py::test_a_storm_of_changes_costs_no_more_beside_many_links",
        "unit/indexing/test_index.py::test_a_storm_of_unknown_paths_costs_no_more_beside_many_files",
    ],
    "A server that hangs ends once the editor has gone": [
        f"{_F}::test_a_server_that_holds_the_lock_ends_once_its_input_is_closed_and_not_before",
        f"{_F}::test_a_watchdog_does_not_outlive_a_server_that_is_killed",
        f"{_F}::test_a_server_whose_handler_never_returns_ends_after_exit",
        f"{_LIFETIME}::test_a_closed_stdin_ends_even_a_handler_that_never_returns",
    ],
    "What is too large is not read": ["unit/disk/test_file_sizes.py::test_what_is_too_large_is_not_read"],
    "The log holds nothing of a document": [f"{_DOCUMENTS}::test_the_log_holds_nothing_of_a_document"],
}
TABLES = {"protocol": PROTOCOL, "faults": FAULTS, "security": SECURITY}


def table(name: str) -> str:
    rows = [
        f"| {clause} | {'<br>'.join(f'`{test}`' for test in tests)} |"
        for clause, tests in TABLES[name].items()
    ]
    return "\n".join(["| what | held by |", "| --- | --- |", *rows])


def written(page: str) -> str:
    """The page with its tables as they are now."""
    for name in TABLES:
        start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, rest = page.split(start)
        page = f"{before}{start}\n{table(name)}\n{end}{rest.split(end)[1]}"
    return page


def write() -> None:
    PAGE.write_text(written(PAGE.read_text("utf-8")), encoding="utf-8", newline="\n")
