// SPDX-License-Identifier: GPL-3.0-or-later
// GNU readline, and what Swift cannot reach of it: its global variables.
#pragma once
#include <stdio.h>
#include <readline/readline.h>
#include <readline/history.h>

// Prepares line editing; `tab` is what the TAB key does.
static inline void candor_readline_begin(rl_command_func_t *tab)
{
    rl_readline_name = "candor";
    rl_initialize();
    rl_add_defun("candor-complete", tab, '\t');
}

// The line being edited and the cursor's place in it, in bytes.
static inline const char *candor_readline_line(void) { return rl_line_buffer; }
static inline int candor_readline_point(void) { return rl_point; }

// Replaces the bytes from `start` to the cursor by `text`, as one step of undo.
static inline void candor_readline_replace(int start, const char *text)
{
    int end = rl_point;
    rl_begin_undo_group();
    rl_delete_text(start, end);
    rl_point = start;
    rl_insert_text(text);
    rl_end_undo_group();
}

// Writes `text` below the line being edited, and the line again below it.
static inline void candor_readline_show(const char *text)
{
    rl_crlf();
    fputs(text, rl_outstream);
    rl_crlf();
    rl_forced_update_display();
}

// Forgets the line being edited and whatever command was half typed, and goes below it.
static inline void candor_readline_abandon(void)
{
    rl_callback_sigcleanup();
    rl_free_line_state();
    fputs("^C", rl_outstream);
    rl_crlf();
    fflush(rl_outstream);
    rl_replace_line("", 0);
    rl_callback_handler_remove();
}
