import HebbArrays
import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension DataError {
  /// Why an address cannot be served at.
  static func listening(at address: String, _ error: any Error) -> DataError {
    let problem =
      switch error {
      case let error as IOError: String(cString: strerror(error.errnoCode)).lowercased()
      case is SocketAddressError, is SocketAddressError.UnknownHost: "there is no such host"
      default: "\(error)"
      }
    return DataError(address, "nothing can be served there: \(problem)", advice: "name another host or port")
  }
}
