//! A listening socket passed from process to process, so that the kernel never sees it closed.

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::net::TcpListener;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
    SendFlags, recvmsg, sendmsg,
};

/// Whoever holds the socket is on this machine; it answers at once or is gone.
const PATIENCE: Duration = Duration::from_secs(5);

/// The listening socket that this process got as its standard input, as inetd's `wait` services do.
///
/// # Errors
/// When standard input is no listening TCP socket.
pub fn inherited() -> io::Result<TcpListener> {
    listener(io::stdin().as_fd().try_clone_to_owned()?)
}

fn listener(descriptor: OwnedFd) -> io::Result<TcpListener> {
    if !rustix::net::sockopt::socket_acceptconn(&descriptor)? {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "the descriptor is no listening socket",
        ));
    }
    let listener = TcpListener::from(descriptor);
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Sends the descriptor to whoever is on the other side.
pub(super) fn give(stream: &UnixStream, socket: &OwnedFd) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    let descriptors = [socket.as_fd()];
    control.push(SendAncillaryMessage::ScmRights(&descriptors));
    sendmsg(stream, &[IoSlice::new(b"L")], &mut control, SendFlags::NOSIGNAL)?;
    Ok(())
}

/// Asks the process behind `path` for the listening socket that it holds.
///
/// # Errors
/// When nobody answers there, or with something else.
pub fn take(path: &Path) -> io::Result<TcpListener> {
    let stream = UnixStream::connect(path)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    recvmsg(
        &stream,
        &mut [IoSliceMut::new(&mut byte)],
        &mut control,
        RecvFlags::CMSG_CLOEXEC,
    )?;
    let descriptor = control
        .drain()
        .find_map(|message| match message {
            RecvAncillaryMessage::ScmRights(mut descriptors) => descriptors.next(),
            _ => None,
        })
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no descriptor came"))?;
    listener(descriptor)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::io::Write as _;
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn the_socket_that_arrives_is_the_one_that_was_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let giver = UnixListener::bind(&path).unwrap();
        let original = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = original.local_addr().unwrap();
        let giving = std::thread::spawn(move || {
            let (stream, _) = giver.accept().unwrap();
            give(&stream, &OwnedFd::from(original)).unwrap();
        });
        let taken = take(&path).unwrap();
        giving.join().unwrap();

        assert_eq!(taken.local_addr().unwrap(), address);
        let mut caller = std::net::TcpStream::connect(address).unwrap();
        caller.write_all(b"x").unwrap();
        taken.set_nonblocking(false).unwrap();
        let mut byte = [0];
        taken.accept().unwrap().0.read_exact(&mut byte).unwrap();
        assert_eq!(&byte, b"x");
    }

    #[test]
    fn another_descriptor_is_refused() {
        let file = tempfile::tempfile().unwrap();
        assert!(listener(OwnedFd::from(file)).is_err());
        let (one, _other) = UnixStream::pair().unwrap();
        assert!(listener(OwnedFd::from(one)).is_err());
    }
}
