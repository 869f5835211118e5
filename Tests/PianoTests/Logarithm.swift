import Foundation

func log10Of(_ x: Double) -> Double { log10(x) }
