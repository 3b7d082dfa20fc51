// SPDX-License-Identifier: GPL-3.0-or-later

extension StateCheck {
    /// Looks at every generation and at which of them is to be served; `reach` is how far the journal
    /// goes, nil when that is not known.
    func checkGenerations(_ reach: Int64?) throws(FileError) {
        guard isFolder(directory.generationsPath) else {
            if DurableFolder.status(directory.currentPath) != nil {
                findings.append(
                    .problem(
                        StateDirectory.generationsName, "is missing",
                        remedy: "restore a backup, or remove CURRENT and start with --data"))
            }
            return
        }
        var verdicts: [Int: Verdict] = [:]
        for name in try DurableFolder.names(in: directory.generationsPath) {
            let place = StateDirectory.generationsName + "/" + name
            if let number = GenerationStore.number(of: name) {
                verdicts[number] = try check(number, place, reach)
            } else if name.hasPrefix(GenerationStore.unfinishedPrefix) {
                findings.append(
                    .repairable(place, "was left by an interrupted save or removal", .remove(place))
                )
            } else if name.hasPrefix(GenerationStore.replacedPrefix) {
                findings.append(
                    .repairable(
                        place, "was left by an interrupted replacement", .settleReplacements))
                let replaced = String(name.dropFirst(GenerationStore.replacedPrefix.count))
                if let number = GenerationStore.number(of: replaced), verdicts[number] == nil {
                    verdicts[number] = .unknown
                }
            } else {
                findings.append(.note(place, "is not of Candor's making and was left alone"))
            }
        }
        checkCurrent(verdicts)
    }

    /// What a generation is worth.
    private enum Verdict {
        case intact, damaged
        /// Intact, but nothing that may serve unless an operator promotes it.
        case refused
        /// It cannot be told until something else is done.
        case unknown
    }

    /// What generation `number` is worth, having said what is wrong with it.
    private func check(
        _ number: Int, _ place: String, _ reach: Int64?
    ) throws(FileError) -> Verdict {
        let files = GenerationFiles(number: number, path: directory.path + "/" + place)
        let proved: (manifest: StoredManifest?, problems: [GenerationFiles.Remark])
        do throws(GenerationError) {
            proved = try files.proved()
        } catch {
            findings.append(
                .problem(place, error.description, remedy: "see to the file system, check again"))
            return .unknown
        }
        let (manifest, problems) = proved
        let isDamaged = problems.allSatisfy(\.isDamage)
        let surplus = try files.surplus(beside: manifest)
        for remark in problems {
            let file = place + "/" + remark.file
            findings.append(
                isDamaged
                    ? .repairable(file, remark.reason, .setAside(generation: number))
                    : .problem(
                        file, remark.reason,
                        remedy: "see to that first: generation \(number) may be whole"))
        }
        for name in surplus.foreign {
            findings.append(
                .note(place + "/" + name, "is not of Candor's making and was left alone"))
        }
        guard problems.isEmpty, let manifest = manifest?.generation else {
            return isDamaged ? .damaged : .unknown
        }
        for remark in surplus.removable {
            let file = place + "/" + remark.file
            findings.append(.repairable(file, remark.reason, .remove(file)))
        }
        if let reach { checkReach(manifest, place, reach) }
        return manifest.isRefused ? .refused : .intact
    }

    /// Expects the journal to go as far as what an intact generation has learned.
    private func checkReach(_ manifest: GenerationManifest, _ place: String, _ reach: Int64) {
        guard manifest.journalSequence > reach else {
            findings.append(
                .note(
                    place,
                    "\(manifest.datasetName), \(manifest.ratingCount) ratings, all files intact"))
            return
        }
        findings.append(
            .problem(
                place,
                "has learned journal entry \(manifest.journalSequence), and the journal ends at "
                    + "\(reach): acknowledged ratings are missing",
                remedy: "restore the journal from a backup"))
    }

    private func checkCurrent(_ verdicts: [Int: Verdict]) {
        let place = StateDirectory.currentName
        let record: ServingRecord?
        do throws(FileError) {
            record = try GenerationStore.record(inFileAt: directory.currentPath)
        } catch {
            findings.append(
                .problem(
                    place, "cannot be read: \(error.reason)",
                    remedy: "see to that first: the generation that it names may be whole"))
            return
        }
        let current = record?.number
        let exists = DurableFolder.status(directory.currentPath) != nil
        if let current, let verdict = verdicts[current], verdict != .damaged { return }
        if !exists, verdicts.isEmpty {
            findings.append(.note(place, "nothing has been trained yet: start with --data"))
            return
        }
        let message =
            switch current {
            case let number? where verdicts[number] == .damaged:
                "names generation \(number), which is damaged"
            case let number?: "names generation \(number), which is not there"
            case nil: exists ? "names no generation" : "is missing"
            }
        let next =
            record?.history.first { [.intact, .refused].contains(verdicts[$0]) }
            ?? verdicts.filter { $0.value == .intact }.keys.max()
        guard let next else {
            findings.append(
                .problem(
                    place, message + ", and no generation that may serve is intact",
                    remedy:
                        "restore a backup, or move generations/ and CURRENT away and start with "
                        + "--data: the journal keeps all ratings"))
            return
        }
        findings.append(.repairable(place, message, .pointCurrent(to: next)))
    }
}
