// SPDX-License-Identifier: GPL-3.0-or-later
// What Glibc's Swift module does not export: epoll, accept4 and eventfd.
#pragma once
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
