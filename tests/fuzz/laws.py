"""What must hold whatever comes: one law for each way in which the world reaches the program.

Hypothesis makes the examples; ``test_fuzz`` tries a few in every run, ``run`` as many as time allows.
"""

from laws_of_files import (
    a_fix_changes_what_it_names,
    a_position_means_what_a_slow_reader_makes_of_it,
    any_bytes_are_checked,
    any_list_of_servers_is_read,
    any_settings_are_taken_or_refused_in_words,
    damage_is_found_in_order_and_in_place,
    every_feature_answers_at_any_offset,
    repairing_twice_is_repairing_once,
)
from laws_of_messages import every_request_is_answered_once_and_nothing_pops_up
from laws_of_sessions import after_any_script_a_session_says_what_a_new_one_says

LAWS = (
    any_bytes_are_checked,
    any_settings_are_taken_or_refused_in_words,
    any_list_of_servers_is_read,
    damage_is_found_in_order_and_in_place,
    a_fix_changes_what_it_names,
    repairing_twice_is_repairing_once,
    every_feature_answers_at_any_offset,
    a_position_means_what_a_slow_reader_makes_of_it,
    after_any_script_a_session_says_what_a_new_one_says,
    every_request_is_answered_once_and_nothing_pops_up,
)
