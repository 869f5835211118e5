@main struct BeachPiano { static func main() {} }
