// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The data a generation was trained on, in the order it is served from.
public typealias GenerationData = SortedDataset
