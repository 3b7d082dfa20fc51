// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Foundation
import TestSupport
import Testing

@testable import CandorDaemon

struct ServiceNotifierTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    @Test("states sent together arrive as one datagram, a status on one line")
    func datagram() throws {
        let path = directory.file("notify")
        let manager = try NotifySocket(path)
        ServiceNotifier(address: path).notify(.ready, .status("serving\ngeneration 3"))
        #expect(manager.receive() == "READY=1\nSTATUS=serving generation 3")
    }

    @Test("a longer time is asked for, and descriptors are given and taken back, by name")
    func keeping() throws {
        let path = directory.file("notify")
        let manager = try NotifySocket(path)
        let notifier = ServiceNotifier(address: path)
        #expect(notifier.isListenedTo && !ServiceNotifier(address: nil).isListenedTo)
        notifier.notify(.status("saving"), .extendTimeout(seconds: 15))
        #expect(manager.receive() == "STATUS=saving\nEXTEND_TIMEOUT_USEC=15000000")
        notifier.keep(0, name: "gen-000001-data")
        #expect(manager.receive() == "FDSTORE=1\nFDPOLL=0\nFDNAME=gen-000001-data")
        notifier.notify(.forget(name: "gen-000001-data"))
        #expect(manager.receive() == "FDSTOREREMOVE=1\nFDNAME=gen-000001-data")
        ServiceNotifier(address: nil).keep(0, name: "x")
    }

    @Test("patience is asked for at once, and no more once it is not needed")
    func patience() throws {
        let path = directory.file("notify")
        let manager = try NotifySocket(path)
        TimeoutExtension(ServiceNotifier(address: path), reason: "saving").stop()
        #expect(manager.receive() == "STATUS=saving\nEXTEND_TIMEOUT_USEC=15000000")
    }

    @Test("a reload says when it began in the message that announces it")
    func reloading() throws {
        let path = directory.file("notify")
        let manager = try NotifySocket(path)
        ServiceNotifier(address: path).notify(.reloading(atMicroseconds: 17))
        #expect(manager.receive() == "RELOADING=1\nMONOTONIC_USEC=17")
    }

    @Test("what a manager waits for waits for room in its queue; what comes again does not")
    func fullQueue() throws {
        let path = directory.file("notify")
        let manager = try NotifySocket(path)
        let notifier = ServiceNotifier(address: path)
        // More than any queue holds: the rest is dropped.
        for _ in 0..<2000 { notifier.notify(.watchdog) }
        // A thread, as a task might wait for its turn for longer than the message does.
        let saying = Thread { notifier.notify(.ready) }
        saying.start()
        // Long enough for it to meet the full queue.
        Thread.sleep(forTimeInterval: 0.3)
        var next = manager.receive()
        while next == "WATCHDOG=1" { next = manager.receive() }
        #expect(next == "READY=1")
    }

    @Test("an abstract address is reached")
    func abstract() throws {
        let name = "candor-test-\(UUID().uuidString)"
        let manager = try NotifySocket(name, isAbstract: true)
        ServiceNotifier(address: "@" + name).notify(.stopping)
        #expect(manager.receive() == "STOPPING=1")
    }

    @Test("without a manager, or with one that has gone, nothing happens")
    func absent() {
        ServiceNotifier(address: nil).notify(.ready)
        ServiceNotifier(address: "").notify(.ready)
        ServiceNotifier(address: directory.file("gone")).notify(.ready)
        ServiceNotifier(address: "/" + String(repeating: "x", count: 200)).notify(.ready)
    }

    @Test("the watchdog is fed twice as often as asked, and only by the process that is watched")
    func watchdogInterval() {
        func interval(_ microseconds: String?, _ processID: String?) -> UInt64? {
            ServiceNotifier(
                address: nil, watchdogMicroseconds: microseconds, watchdogProcessID: processID,
                ownProcessID: 42
            ).watchdogNanoseconds
        }
        #expect(interval("30000000", "42") == 15_000_000_000)
        #expect(interval("30000000", nil) == 15_000_000_000)
        #expect(interval("30000000", "41") == nil)
        #expect(interval(nil, "42") == nil)
        #expect(interval("0", nil) == nil)
        #expect(interval("soon", nil) == nil)
    }

    @Test("a server says that it is ready, alive, serving another generation, and stopping")
    func server() throws {
        let path = directory.file("notify")
        let manager = try NotifySocket(path)
        let notifier = ServiceNotifier(address: path, watchdogMicroseconds: "2000")
        let server = try RunningServer([.unix(directory.file("s"))], notifier: notifier)
        #expect(manager.receive() == "READY=1\nSTATUS=serving generation 7")
        #expect(manager.receive() == "WATCHDOG=1")
        server.service.swapGeneration()
        server.wake()
        var next = manager.receive()
        while next == "WATCHDOG=1" { next = manager.receive() }
        #expect(next == "STATUS=serving generation 8")
        server.handle.requestStop()
        next = manager.receive()
        while next == "WATCHDOG=1" { next = manager.receive() }
        #expect(next == "STOPPING=1\nSTATUS=finishing 0 connections")
    }
}
